package org.seal4j.scripts.continual;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.eval.squad.OfflineGrader;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.passage.ContinualModel;
import org.seal4j.rl.passage.PassageDomain;
import org.seal4j.rl.passage.TrainingSequences;
import org.seal4j.scripts.experiment.Groups;
import org.seal4j.scripts.experiment.LearnConfig;
import org.seal4j.scripts.experiment.ModelSizes;
import org.seal4j.scripts.passage.PromptsConfig;
import org.seal4j.scripts.passage.WorldModel;
import org.seal4j.scripts.passage.WorldPretrainConfig;

/**
 * All keys of a recipe of kind {@code continual}.
 *
 * @param model sizes of the transformer
 * @param pretrain how it is trained from scratch on the invented world
 * @param prompts how it is asked for self-edits and answers
 * @param texts how a self-edit becomes training texts
 * @param adapt how an adapter is trained on them
 * @param edits where self-edits come from
 * @param grader judges the answers
 * @param maxAnswerTokens longest answer
 * @param sequences which passages are taken in
 * @param modes ways against forgetting, each on the same sequences; begins with {@code none}
 * @param guards their settings
 */
public record ContinualConfig(
    ModelSizes model,
    WorldPretrainConfig pretrain,
    PromptsConfig prompts,
    TrainingSequences texts,
    LearnConfig adapt,
    EditsConfig edits,
    OfflineGrader grader,
    int maxAnswerTokens,
    SequencesConfig sequences,
    List<Mode> modes,
    GuardsConfig guards) {
  public ContinualConfig {
    modes = List.copyOf(modes);
    Groups.check("adapt", adapt::learner);
    Checks.require(
        !modes.isEmpty()
            && modes.get(0) == Mode.NONE
            && modes.stream().distinct().count() == modes.size(),
        "modes must begin with none, which the others are held against, and name none twice, but"
            + " are %s",
        modes);
    new WorldModel(model, pretrain, prompts);
  }

  /** The model before any passage. */
  WorldModel worldModel() {
    return new WorldModel(model, pretrain, prompts);
  }

  /** Passages as a domain. */
  PassageDomain domain() {
    return new PassageDomain(
        worldModel().language(),
        new PassageDomain.Config(
            texts,
            adapt.learningRate(),
            adapt.epochs(),
            edits.policy().maxNewTokens(),
            maxAnswerTokens),
        prompts.graded(grader));
  }

  /** A model of its own for the thread of this worker. */
  ContinualModel model(SharedModel start, Worker worker) {
    return new ContinualModel(
        start, domain(), adapt.learner().adapter(), edits.policy().sampling(), worker);
  }
}
