package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.LossMask;
import org.seal4j.data.arc.TestTimeTraining;
import org.seal4j.data.arc.TestTimeTrainingConfig;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.train.InnerLoopTask;

/**
 * Turns a self-edit into what an adapter learns: the test-time training set of its context, as
 * token sequences with the loss mask of its strategy.
 */
public final class InnerLoopTasks {
  private final ArcLanguage language;
  private final TestTimeTraining training;
  private final LossMask outputTokens;
  private final int batch;

  /**
   * @param outputTokens what {@code train_using_output_tokens} means: all output grids of a
   *     sequence, or the last one as in SEAL
   * @param maxTokens longest training sequence; longer pseudo-tasks are dropped
   * @param batch sequences per optimizer step
   */
  public InnerLoopTasks(
      ArcLanguage language,
      TestTimeTrainingConfig config,
      LossMask outputTokens,
      int maxTokens,
      int batch) {
    this.language = language;
    this.training =
        new TestTimeTraining(config, task -> language.sequences().fits(task, maxTokens));
    this.outputTokens = outputTokens;
    this.batch = batch;
  }

  /** The training of one adapter. */
  InnerLoopTask task(ArcTask task, FewShotEdit edit, Seeds seeds) {
    LossMask mask = edit.strategy() == Strategy.ALL_TOKENS ? LossMask.ALL_TOKENS : outputTokens;
    List<TokenSequence> sequences = new ArrayList<>();
    for (ArcTask pseudo : training.build(task, edit.augmentations(), seeds)) {
      sequences.add(language.sequences().example(pseudo, mask));
    }
    return new InnerLoopTask(sequences, edit.learningRate(), edit.epochs(), seeds);
  }

  /**
   * Optimizer steps that an edit costs in a context; the size of the set does not depend on seeds.
   */
  long steps(ArcContext context, FewShotEdit edit) {
    return task(context.task(), edit, Seeds.of(0)).steps(batch);
  }
}
