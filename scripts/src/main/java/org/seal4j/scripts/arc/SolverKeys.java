package org.seal4j.scripts.arc;

import org.seal4j.data.arc.InferencePromptsConfig;
import org.seal4j.data.check.Checks;
import org.seal4j.model.ModelConfig;
import org.seal4j.rl.grid.EditSchema;
import org.seal4j.rl.grid.GridDomain;
import org.seal4j.rl.grid.GridLanguage;
import org.seal4j.rl.keys.InnerKeys;
import org.seal4j.rl.keys.ModelKeys;
import org.seal4j.rl.keys.PolicyKeys;

/**
 * What a kept model must know to solve tasks: how it reads grids, which self-edits it writes, how
 * adapters are trained and grids asked for. The keys are those of {@link ArcKeys}, without what is
 * needed to make the model.
 *
 * @param hints tokens that named a family in pretraining
 * @param maxHeight tallest grid, in cells
 * @param maxWidth widest grid, in cells
 * @param maxRow widest grid of one row, in cells
 * @param maxTokens longest sequence
 * @param model sizes of the transformer
 * @param edit which self-edits can be written
 * @param trainingSet what a self-edit trains on
 * @param inner how its adapter is trained
 * @param answer which prompts a test grid is asked for with
 * @param policy how self-edits are sampled
 */
public record SolverKeys(
    int hints,
    int maxHeight,
    int maxWidth,
    int maxRow,
    int maxTokens,
    ModelKeys model,
    EditSchema edit,
    TrainingSetKeys trainingSet,
    InnerKeys inner,
    InferencePromptsConfig answer,
    PolicyKeys policy) {
  public SolverKeys {
    Checks.require(
        hints >= 0 && maxHeight >= 1 && maxWidth >= 1 && maxRow >= maxWidth && maxTokens >= 16,
        "a kept model needs hints >= 0, sizes >= 1, maxRow >= maxWidth and maxTokens >= 16, but has"
            + " %d, %d x %d, %d and %d",
        hints,
        maxHeight,
        maxWidth,
        maxRow,
        maxTokens);
    Checks.inGroup("edit", () -> edit.configurations());
  }

  /** The tokens of model and policy. */
  public GridLanguage language() {
    return new GridLanguage(edit, hints, maxHeight, maxWidth, maxRow);
  }

  /** How edits are applied and grids asked for. */
  public GridDomain.Config domain() {
    return new GridDomain.Config(
        edit,
        trainingSet.pseudoTasks(),
        trainingSet.outputTokens(),
        answer,
        maxTokens,
        inner.batch(),
        trainingSet.maxSteps(),
        policy.restricted());
  }

  /** The whole configuration of the transformer. */
  public ModelConfig modelConfig() {
    GridLanguage language = language();
    return model.config(language.vocabulary().size(), language.pairPositions(), false);
  }
}
