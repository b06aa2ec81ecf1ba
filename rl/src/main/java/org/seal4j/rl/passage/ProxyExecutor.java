package org.seal4j.rl.passage;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.seal4j.data.squad.Passage;
import org.seal4j.eval.squad.ProxyReward;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Outcome;

/**
 * Rewards self-edits about passages by their words alone, without training (docs/seal.md §2.10):
 * the rubric's sum, 4 to 20, as a share from 0 to 1. There is no likelihood of the truth; it is 0
 * for all, so that ties go to the earlier edit.
 */
public final class ProxyExecutor implements Executor<PassageContext, KnowledgeEdit> {
  private static final double LEAST = 4;
  private static final double MOST = 20;

  private final TrainingSequences texts;

  /**
   * @param texts how a completion becomes statements
   */
  public ProxyExecutor(TrainingSequences texts) {
    this.texts = texts;
  }

  @Override
  public void evaluate(
      List<EditJob<PassageContext, KnowledgeEdit>> jobs,
      Consumer<Outcome> inJobOrder,
      IntConsumer finished) {
    for (EditJob<PassageContext, KnowledgeEdit> job : jobs) {
      double reward =
          job.edit().map(edit -> reward(edit, job.context().passage(), texts)).orElse(0.0);
      finished.accept(1);
      inJobOrder.accept(new Outcome(reward, reward, 0, Outcome.Training.NONE, "", List.of()));
    }
  }

  /** The proxy reward of an edit, from 0 to 1. */
  public static double reward(KnowledgeEdit edit, Passage passage, TrainingSequences texts) {
    ProxyReward rubric =
        ProxyReward.of(texts.pieces(edit.text()), passage.title(), passage.context());
    return (rubric.sum() - LEAST) / (MOST - LEAST);
  }
}
