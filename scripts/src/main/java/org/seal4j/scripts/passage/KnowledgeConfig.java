package org.seal4j.scripts.passage;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.world.EditStyle;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.eval.squad.OfflineGrader;
import org.seal4j.rl.passage.PassageDomain;
import org.seal4j.rl.passage.PassageLanguage;
import org.seal4j.rl.teacher.EndpointConfig;
import org.seal4j.scripts.experiment.Groups;
import org.seal4j.scripts.experiment.LearnConfig;
import org.seal4j.scripts.experiment.ModelSizes;

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
    PolicyConfig policy,
    PassageLoopConfig loop,
    LearnConfig learn,
    OfflineGrader grader,
    @Nullable EndpointConfig judge,
    EditStyle teacher,
    @Nullable OtherModelConfig otherModel,
    PassageEvaluateConfig evaluate) {
  public KnowledgeConfig {
    Groups.check("adapt", adapt::innerLoop);
    Groups.check("loop", loop::sealLoop);
    Groups.check("learn", learn::learner);
    worldModel(data, model, pretrain, prompts);
  }

  /** The model before the loop; with files, one of the same sizes. */
  WorldModel worldModel() {
    return worldModel(data, model, pretrain, prompts);
  }

  /** The passages as a domain of the loop. */
  PassageDomain domain(PassageLanguage language, AnswerGrader answers) {
    return new PassageDomain(
        language,
        new PassageDomain.Config(
            adapt.texts(),
            adapt.learningRate(),
            adapt.epochs(),
            policy.maxNewTokens(),
            adapt.maxAnswerTokens()),
        answers);
  }

  private static WorldModel worldModel(
      PassageDataConfig data, ModelSizes model, WorldPretrainConfig pretrain, PromptsConfig asked) {
    boolean world = data.source() == PassageDataConfig.Source.WORLD;
    return new WorldModel(model, pretrain, world ? asked : asked.withoutChat());
  }
}
