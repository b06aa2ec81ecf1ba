package org.seal4j.scripts.cpt;

import org.seal4j.eval.squad.OfflineGrader;
import org.seal4j.rl.passage.PassageDomain;
import org.seal4j.rl.passage.TrainingSequences;
import org.seal4j.scripts.experiment.Groups;
import org.seal4j.scripts.experiment.ModelSizes;
import org.seal4j.scripts.passage.PolicyConfig;
import org.seal4j.scripts.passage.PromptsConfig;
import org.seal4j.scripts.passage.WorldModel;
import org.seal4j.scripts.passage.WorldPretrainConfig;

/**
 * All keys of a recipe of kind {@code cpt}.
 *
 * @param model sizes of the transformer
 * @param pretrain how it is trained from scratch on the invented world
 * @param prompts how it is asked for self-edits and answers
 * @param data which passages, and which texts about them
 * @param texts how a self-edit becomes training texts; the passage itself comes once, whatever
 *     {@code addPassage} says
 * @param policy how self-edits are sampled
 * @param training how the model is trained
 * @param grader judges the answers
 * @param maxAnswerTokens longest answer
 */
public record CptConfig(
    ModelSizes model,
    WorldPretrainConfig pretrain,
    PromptsConfig prompts,
    CptDataConfig data,
    TrainingSequences texts,
    PolicyConfig policy,
    CptTraining training,
    OfflineGrader grader,
    int maxAnswerTokens) {
  public CptConfig {
    Groups.check("training", training::lora);
    Groups.check("training", training::full);
    new WorldModel(model, pretrain, prompts);
  }

  /** Passages as a domain; an adapter's learning rate and epochs are not its own here. */
  PassageDomain domain() {
    return new PassageDomain(
        worldModel().language(),
        new PassageDomain.Config(
            texts, training.loraLearningRate(), 1, policy.maxNewTokens(), maxAnswerTokens),
        prompts.graded(grader));
  }

  /** The model before it is trained on passages. */
  WorldModel worldModel() {
    return new WorldModel(model, pretrain, prompts);
  }
}
