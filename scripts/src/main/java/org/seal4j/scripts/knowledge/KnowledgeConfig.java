package org.seal4j.scripts.knowledge;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.run.InputException;
import org.seal4j.data.run.Seeds;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.world.EditStyle;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.eval.squad.OfflineGrader;
import org.seal4j.model.ModelConfig;
import org.seal4j.rl.local.PassageLanguage;
import org.seal4j.rl.local.PassagePolicy;
import org.seal4j.rl.local.WorldPretraining;
import org.seal4j.rl.teacher.EndpointConfig;
import org.seal4j.scripts.experiment.LearnConfig;
import org.seal4j.scripts.experiment.ModelSizes;
import org.seal4j.scripts.experiment.Pretraining;

/**
 * All keys of a recipe of kind {@code knowledge}.
 *
 * @param data which passages and which model
 * @param model sizes of the transformer
 * @param pretrain how it is trained from scratch on the invented world
 * @param prompts how it is asked for self-edits and answers
 * @param adapt how a self-edit becomes adapters: the inner loop
 * @param policy how self-edits are sampled
 * @param loop rounds, passages and edits of the outer loop
 * @param learn how the policy is fitted to the selected edits
 * @param grader judges the answers
 * @param judge another model that judges them instead; null for none
 * @param teacher style of the text that stands for a perfect writer
 * @param otherModel another model that writes the teacher text instead; null for none
 * @param evaluate what is measured on held-out passages
 */
public record KnowledgeConfig(
    PassageDataConfig data,
    ModelSizes model,
    WorldPretrainConfig pretrain,
    PromptsConfig prompts,
    PassageAdaptConfig adapt,
    PassagePolicy.Config policy,
    PassageLoopConfig loop,
    LearnConfig learn,
    OfflineGrader grader,
    @Nullable EndpointConfig judge,
    EditStyle teacher,
    @Nullable OtherModelConfig otherModel,
    PassageEvaluateConfig evaluate) {
  public KnowledgeConfig {
    checked("model", () -> model.config(2, 0));
    checked("pretrain", pretrain::training);
    checked("pretrain", pretrain::texts);
    checked("prompts", () -> language(prompts, InventedWorld.tokenizer()));
    checked("adapt", adapt::executor);
    checked("loop", loop::sealLoop);
    checked("learn", learn::learner);
  }

  /** What a group of keys makes must exist; a refusal names the group. */
  private static void checked(String group, Supplier<?> made) {
    try {
      Objects.requireNonNull(made.get());
    } catch (InputException e) {
      throw new InputException("in '" + group + "': " + e.getMessage(), e);
    }
  }

  static PassageLanguage language(PromptsConfig prompts, Tokenizer tokenizer) {
    return new PassageLanguage(tokenizer, prompts.edit(), prompts.question(), prompts.maxTokens());
  }

  /** Tokens and prompts of the invented world. */
  PassageLanguage language() {
    return language(prompts, InventedWorld.tokenizer());
  }

  /** The world of a root seed. */
  static InventedWorld world(Seeds root) {
    return new InventedWorld(root.child("world"));
  }

  /** The pretraining of the model under this root seed. */
  Pretraining pretraining(Seeds root) {
    Seeds seeds = root.child("pretraining");
    PassageLanguage language = language();
    ModelConfig sizes = model.config(language.tokenizer().vocabSize(), 0);
    return new Pretraining(
        sizes,
        pretrain.training(),
        pretrain.shapes(),
        pretrain.embeddingStd(),
        pretrain.residualScale(),
        new WorldPretraining(world(root), language, pretrain.texts(), seeds.child("data")),
        seeds.child("init"),
        List.of(pretrain.texts().toString(), prompts.toString()),
        pretrain.checkpointEvery());
  }
}
