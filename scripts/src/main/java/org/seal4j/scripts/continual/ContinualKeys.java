package org.seal4j.scripts.continual;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.keys.InnerKeys;
import org.seal4j.rl.keys.ModelKeys;
import org.seal4j.rl.keys.PolicyKeys;
import org.seal4j.rl.keys.PretrainKeys;
import org.seal4j.rl.passage.ContinualModel;
import org.seal4j.rl.passage.PassageDomain;
import org.seal4j.rl.passage.TrainingSequences;
import org.seal4j.scripts.passage.AnswerKeys;
import org.seal4j.scripts.passage.PromptsKeys;
import org.seal4j.scripts.passage.WorldMixtureKeys;
import org.seal4j.scripts.passage.WorldModel;

/**
 * All keys of a recipe of kind {@code continual}.
 *
 * @param model sizes of the transformer
 * @param pretrain how it is trained from scratch on the invented world
 * @param mixture what it is trained on
 * @param prompts how it is asked for self-edits and answers
 * @param texts how a self-edit becomes training texts
 * @param inner how an adapter is trained on them, which is then merged
 * @param edits where self-edits come from
 * @param policy how the policy's ones are sampled
 * @param answer how questions are answered and graded
 * @param sequences which passages are trained on, and in what order
 * @param modes methods against forgetting, each on the same sequences; begins with {@code none}
 * @param guards their settings
 */
public record ContinualKeys(
    ModelKeys model,
    PretrainKeys pretrain,
    WorldMixtureKeys mixture,
    PromptsKeys prompts,
    TrainingSequences texts,
    InnerKeys inner,
    EditsKeys edits,
    PolicyKeys policy,
    AnswerKeys answer,
    SequencesKeys sequences,
    List<Mode> modes,
    GuardsKeys guards) {
  public ContinualKeys {
    modes = List.copyOf(modes);
    model.requirePretrained("continual");
    Checks.inGroup("inner", inner::fit);
    Checks.inGroup("policy", policy::longest);
    Checks.require(
        !modes.isEmpty()
            && modes.get(0) == Mode.NONE
            && modes.stream().distinct().count() == modes.size(),
        "modes must begin with none, with which the others are compared, and name none twice, but"
            + " are %s",
        modes);
    new WorldModel(model, pretrain, mixture, prompts);
  }

  /** The model before any passage. */
  WorldModel worldModel() {
    return new WorldModel(model, pretrain, mixture, prompts);
  }

  /** Passages as a domain. */
  PassageDomain domain() {
    return new PassageDomain(
        worldModel().language(),
        new PassageDomain.Config(
            texts, inner.rate(), inner.passes(), policy.longest(), answer.maxTokens()),
        answer.grader(prompts));
  }

  /** A model of its own for the thread of this worker. */
  ContinualModel model(SharedModel start, Worker worker) {
    return new ContinualModel(start, domain(), inner.config(), policy.sampling(), worker);
  }
}
