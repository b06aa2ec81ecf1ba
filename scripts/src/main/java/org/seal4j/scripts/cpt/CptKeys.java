package org.seal4j.scripts.cpt;

import org.seal4j.data.check.Checks;
import org.seal4j.rl.inner.AdapterFit;
import org.seal4j.rl.keys.InnerKeys;
import org.seal4j.rl.keys.ModelKeys;
import org.seal4j.rl.keys.PolicyKeys;
import org.seal4j.rl.keys.PretrainKeys;
import org.seal4j.rl.passage.PassageDomain;
import org.seal4j.rl.passage.TrainingSequences;
import org.seal4j.scripts.passage.AnswerKeys;
import org.seal4j.scripts.passage.PromptsKeys;
import org.seal4j.scripts.passage.WorldMixtureKeys;
import org.seal4j.scripts.passage.WorldModel;

/**
 * All keys of a recipe of kind {@code cpt}.
 *
 * @param model sizes of the transformer
 * @param pretrain how it is trained from scratch on the invented world
 * @param mixture what it is trained on
 * @param prompts how it is asked for self-edits and answers
 * @param data which passages, and which texts about them
 * @param texts how a self-edit becomes training texts; the passage itself comes once, whatever
 *     {@code addPassage} says
 * @param policy how self-edits are sampled
 * @param inner how the adapter is trained; its epochs follow from {@code training.steps}
 * @param training how long the model is trained, and how in all weights
 * @param answer how questions are answered and graded
 */
public record CptKeys(
    ModelKeys model,
    PretrainKeys pretrain,
    WorldMixtureKeys mixture,
    PromptsKeys prompts,
    CptDataKeys data,
    TrainingSequences texts,
    PolicyKeys policy,
    InnerKeys inner,
    TrainingKeys training,
    AnswerKeys answer) {
  public CptKeys {
    model.requirePretrained("cpt");
    Checks.inGroup("inner", inner::rate);
    Checks.require(
        inner.epochs() == null, "inner.epochs must be null: training.steps says how long");
    Checks.inGroup("training", () -> training.full(inner));
    Checks.inGroup("policy", policy::longest);
    new WorldModel(model, pretrain, mixture, prompts);
  }

  /** Passages as a domain. */
  PassageDomain domain() {
    return new PassageDomain(
        worldModel().language(),
        new PassageDomain.Config(texts, inner.rate(), 1, policy.longest(), answer.maxTokens()),
        answer.grader(prompts));
  }

  /** How an adapter is trained on one pass over a stream of texts. */
  AdapterFit.Config lora() {
    return new AdapterFit.Config(inner.config(), inner.rate(), 1);
  }

  /** The model before it is trained on passages. */
  WorldModel worldModel() {
    return new WorldModel(model, pretrain, mixture, prompts);
  }
}
