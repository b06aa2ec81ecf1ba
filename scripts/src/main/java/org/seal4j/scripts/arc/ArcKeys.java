package org.seal4j.scripts.arc;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.arc.InferencePromptsConfig;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.synth.Family;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.model.train.Trainer;
import org.seal4j.rl.experiment.LocalLoop;
import org.seal4j.rl.experiment.Pretraining;
import org.seal4j.rl.grid.EditSchema;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.GridDomain;
import org.seal4j.rl.grid.GridLanguage;
import org.seal4j.rl.grid.GridPretraining;
import org.seal4j.rl.inner.Trials;
import org.seal4j.rl.keys.EvaluateKeys;
import org.seal4j.rl.keys.InnerKeys;
import org.seal4j.rl.keys.Learning;
import org.seal4j.rl.keys.LoopKeys;
import org.seal4j.rl.keys.ModelKeys;
import org.seal4j.rl.keys.PolicyKeys;
import org.seal4j.rl.keys.PretrainKeys;
import org.seal4j.rl.keys.ReinforceKeys;
import org.seal4j.scripts.arc.room.RoomKeys;

/**
 * All keys of a recipe of kind {@code arc}.
 *
 * @param data which tasks, and how large they may be
 * @param model sizes of the transformer
 * @param pretrain how it is trained from scratch
 * @param mixture what it is trained on
 * @param edit which self-edits can be written
 * @param trainingSet what a self-edit trains on
 * @param inner how a self-edit's adapter is trained: the inner loop
 * @param answer which prompts a test grid is asked for with
 * @param policy how self-edits are sampled
 * @param loop rounds, tasks and self-edits of the outer loop
 * @param learn how the policy is fitted to the selected self-edits
 * @param gate what the model must be able to do before the loop is worth its time
 * @param evaluate what is measured on held-out tasks
 * @param learning how the policy learns: {@code restem}, {@code grpo} or {@code dpo}; null for
 *     {@code restem}
 * @param reinforce how it does by {@code grpo} or {@code dpo}; may be null with {@code restem}
 * @param room what is measured of what a policy could win; null for nothing
 */
public record ArcKeys(
    DataKeys data,
    ModelKeys model,
    PretrainKeys pretrain,
    MixtureKeys mixture,
    EditSchema edit,
    TrainingSetKeys trainingSet,
    InnerKeys inner,
    InferencePromptsConfig answer,
    PolicyKeys policy,
    LoopKeys loop,
    InnerKeys learn,
    GateKeys gate,
    EvaluateKeys evaluate,
    @Nullable Learning learning,
    @Nullable ReinforceKeys reinforce,
    @Nullable RoomKeys room) {
  public ArcKeys {
    Checks.require(
        edit.isFinite(),
        "edit.learningRates and edit.epochChoices must list choices: the small policy writes edits"
            + " as symbols");
    model.requirePretrained("arc");
    Checks.inGroup("gate", () -> gate.fixedEdit(edit));
    Checks.inGroup("data", data::pretraining);
    Checks.inGroup("model", () -> config(model, language(edit, data)));
    Checks.inGroup("pretrain", pretrain::training);
    Checks.inGroup(
        "mixture", () -> mixture.sequences(pretrain.size(), pretrain.steps(), data.maxTokens()));
    Checks.inGroup("policy", policy::restricted);
    Checks.inGroup("learn", learn::fit);
    ReinforceKeys.config(Learning.of(learning), reinforce, learn, loop);
    Checks.require(
        loop.screen() == null || Learning.of(learning) != Learning.GRPO,
        "loop.screen keeps self-edits for what is predicted of them, but learning is grpo, which"
            + " learns from all that the policy writes; set one of them to null");
    Checks.require(
        inner.learningRate() == null && inner.epochs() == null,
        "inner.learningRate and inner.epochs must be null: the self-edit chooses them");
  }

  /** The procedural families of pretraining. */
  List<Family> families() {
    return data.pretraining();
  }

  /** The tokens of model and policy. */
  GridLanguage language() {
    return language(edit, data);
  }

  private static GridLanguage language(EditSchema edit, DataKeys data) {
    return new GridLanguage(
        edit, data.pretraining().size(), data.maxHeight(), data.maxWidth(), data.widestRow());
  }

  /** Grid tasks as the loop's domain. */
  GridDomain domain() {
    return new GridDomain(
        language(),
        new GridDomain.Config(
            edit,
            trainingSet.pseudoTasks(),
            trainingSet.outputTokens(),
            answer,
            data.maxTokens(),
            inner.batch(),
            trainingSet.maxSteps(),
            policy.restricted()));
  }

  /** How edits are written, applied and learned from. */
  LocalLoop.How how() {
    return new LocalLoop.How(
        inner.config(),
        Trials.once(),
        policy.sampling(),
        learn.fit(),
        ReinforceKeys.config(learns(), reinforce, learn, loop));
  }

  /** How the policy learns. */
  Learning learns() {
    return Learning.of(learning);
  }

  /** The whole configuration of the transformer. */
  ModelConfig modelConfig() {
    return config(model, language());
  }

  private static ModelConfig config(ModelKeys model, GridLanguage language) {
    return model.config(language.vocabulary().size(), language.pairPositions(), false);
  }

  /**
   * Tokens that a training step reads. The longest sequence (a hint, pairs, EDIT, the edit) is one
   * token shorter than the limit, which leaves space for END, and its last token is not an input.
   */
  int inputs() {
    return data.maxTokens() - 2;
  }

  /** The pretraining of the model under this root seed. */
  Pretraining pretraining(Seeds root) {
    Seeds seeds = root.child("pretraining");
    TrainConfig training = pretrain.training();
    GridPretraining.Config sequences =
        mixture.sequences(training.batch(), training.steps(), data.maxTokens());
    return new Pretraining(
        modelConfig(),
        training,
        Trainer.equalShards(training, inputs()),
        pretrain.embeddingStd(),
        pretrain.residualScale(),
        new GridPretraining(language(), edit, families(), sequences, seeds.child("data")),
        seeds.child("init"),
        List.of(
            sequences.cacheKey(),
            "families "
                + families().stream().map(Family::name).toList()
                + " on "
                + data.inputs().cacheKey()
                + (data.rows() == null ? "" : " and " + data.rows().cacheKey()),
            "edits " + edit.cacheKey()),
        pretrain.checkpointEvery());
  }

  /** What its model needs to solve tasks later. */
  SolverKeys solver() {
    return new SolverKeys(
        families().size(),
        data.maxHeight(),
        data.maxWidth(),
        data.widestRow(),
        data.maxTokens(),
        model,
        edit,
        trainingSet,
        inner,
        answer,
        policy);
  }

  /** The fixed good configuration. */
  FewShotEdit fixedEdit() {
    return gate.fixedEdit(edit);
  }
}
