package org.seal4j.scripts.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.GridCodec;
import org.seal4j.rl.grid.GridLanguage;

/**
 * Keeps the tasks that the model can take, and lists the others with the reason. What must fit is
 * the policy's prompt with its self-edit, and a test prompt of all demonstrations but the longest
 * with its answer.
 */
final class Fitting {
  /** The EDIT marker and END. */
  private static final int MARKERS = 2;

  private final GridLanguage language;
  private final int maxTokens;
  private final List<LeftOut> leftOut;

  /**
   * @param leftOut where those that are not kept are put
   */
  Fitting(ArcKeys config, List<LeftOut> leftOut) {
    this.leftOut = leftOut;
    language = config.language();
    maxTokens = config.data().maxTokens();
  }

  List<ArcTask> keep(List<ArcTask> tasks) {
    List<ArcTask> kept = new ArrayList<>();
    for (ArcTask task : tasks) {
      misfit(task)
          .ifPresentOrElse(
              reason -> leftOut.add(new LeftOut(task.id(), task.family(), reason)),
              () -> kept.add(task));
    }
    return kept;
  }

  private Optional<String> misfit(ArcTask task) {
    GridCodec codec = language.sequences().codec();
    if (task.demonstrations().size() < 2) {
      return Optional.of("has 1 demonstration; test-time training leaves one out");
    }
    if (!codec.fits(task)) {
      return Optional.of("has a grid over the limit of " + codec.limit());
    }
    int all = task.demonstrations().stream().mapToInt(GridCodec::tokens).sum();
    int longest = task.demonstrations().stream().mapToInt(GridCodec::tokens).max().orElse(0);
    int policy = all + language.edits().length() + MARKERS;
    int answer = codec.longest();
    int prompt = all - longest + GridCodec.tokens(task.test().input()) + 1 + answer;
    return policy <= maxTokens && prompt <= maxTokens
        ? Optional.empty()
        : Optional.of(
            "takes more than %d tokens, room for an answer of %s included"
                .formatted(maxTokens, codec.limit()));
  }
}
