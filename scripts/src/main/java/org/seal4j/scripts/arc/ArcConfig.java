package org.seal4j.scripts.arc;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.seal4j.data.arc.InferencePromptsConfig;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.synth.Family;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.train.Trainer;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.grid.EditSchema;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.FewShotEditJson;
import org.seal4j.rl.grid.GridLanguage;
import org.seal4j.rl.grid.GridPretraining;
import org.seal4j.scripts.experiment.LearnConfig;
import org.seal4j.scripts.experiment.ModelSizes;
import org.seal4j.scripts.experiment.Pretraining;

/**
 * All keys of a recipe of kind {@code arc}.
 *
 * @param data which tasks, and how large they may be
 * @param model sizes of the transformer
 * @param pretrain how it is trained from scratch
 * @param edit which self-edits can be written
 * @param adapt how a self-edit becomes an adapter: the inner loop
 * @param answer which prompts a test grid is asked for with
 * @param policy how self-edits are sampled
 * @param loop rounds, tasks and edits of the outer loop
 * @param learn how the policy is fitted to the selected edits
 * @param gate what the model must be able to do before the loop is worth its time
 * @param evaluate what is measured on held-out tasks
 */
public record ArcConfig(
    DataConfig data,
    ModelSizes model,
    PretrainConfig pretrain,
    EditSchema edit,
    AdaptConfig adapt,
    InferencePromptsConfig answer,
    PolicyConfig policy,
    LoopConfig loop,
    LearnConfig learn,
    GateConfig gate,
    EvaluateConfig evaluate) {
  public ArcConfig {
    Checks.require(
        edit.isFinite(),
        "edit.learningRates and edit.epochChoices must list choices: the small policy writes edits"
            + " as symbols");
    checked("gate", () -> fixedEdit(gate, edit));
    checked("model", () -> config(model, language(edit, data)));
    checked("pretrain", pretrain::training);
    checked("pretrain", () -> pretrain.sequences(data.maxTokens()));
    checked("adapt", adapt::innerLoop);
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

  /** The procedural families of pretraining. */
  List<Family> families() {
    return data.families().on(data.inputs());
  }

  /** The tokens of model and policy. */
  GridLanguage language() {
    return language(edit, data);
  }

  /** The whole configuration of the transformer. */
  ModelConfig modelConfig() {
    return config(model, language());
  }

  /**
   * Tokens that a training step reads. The longest sequence (a hint, pairs, EDIT, the edit) is one
   * token shorter than the limit, which leaves room for END, and its last token is read by no one.
   */
  int inputs() {
    return data.maxTokens() - 2;
  }

  /** The pretraining of the model under this root seed. */
  Pretraining pretraining(Seeds root) {
    Seeds seeds = root.child("pretraining");
    GridPretraining.Config sequences = pretrain.sequences(data.maxTokens());
    return new Pretraining(
        modelConfig(),
        pretrain.training(),
        Trainer.equalShards(pretrain.training(), inputs()),
        pretrain.embeddingStd(),
        pretrain.residualScale(),
        new GridPretraining(language(), edit, families(), sequences, seeds.child("data")),
        seeds.child("init"),
        List.of(
            sequences.cacheKey(),
            "families "
                + families().stream().map(Family::name).toList()
                + " on "
                + data.inputs().cacheKey(),
            "edits " + edit.cacheKey()),
        pretrain.checkpointEvery());
  }

  private static ModelConfig config(ModelSizes model, GridLanguage language) {
    return model.config(language.vocabulary().size(), language.pairPositions());
  }

  private static GridLanguage language(EditSchema edit, DataConfig data) {
    return new GridLanguage(
        edit, data.families().on(data.inputs()).size(), data.maxHeight(), data.maxWidth());
  }

  /** The fixed good configuration. */
  public FewShotEdit fixedEdit() {
    return fixedEdit(gate, edit);
  }

  private static FewShotEdit fixedEdit(GateConfig gate, EditSchema schema) {
    ParsedEdit<FewShotEdit> parsed = new FewShotEditJson(schema).read(gate.edit());
    if (parsed instanceof ParsedEdit.Invalid<FewShotEdit> invalid) {
      throw Checks.refuse("gate.edit is no edit of the recipe's schema: %s", invalid.sentence());
    }
    return ((ParsedEdit.Valid<FewShotEdit>) parsed).edit();
  }
}
