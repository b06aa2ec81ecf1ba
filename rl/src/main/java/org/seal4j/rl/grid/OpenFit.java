package org.seal4j.rl.grid;

import java.util.List;
import java.util.Optional;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridCodec;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.arc.OpenTask;

/**
 * Which grids a model can be asked for. The policy must be able to read all demonstrations and to
 * write its self-edit behind them; a test grid needs a prompt that fits, of one demonstration at
 * least. How large its answer is nobody knows: there must be room for the largest.
 *
 * @param maxTokens longest sequence of the model
 */
record OpenFit(OpenDomain domain, GridLanguage language, int maxTokens) {
  /** The EDIT marker and END. */
  private static final int MARKERS = 2;

  /** Why each test grid cannot be asked for; empty where it can. */
  List<Optional<String>> misfits(OpenTask task) {
    Optional<String> whole = misfit(task.demonstrations());
    return task.tests().stream()
        .map(test -> whole.isPresent() ? whole : misfit(task, test.input()))
        .toList();
  }

  private Optional<String> misfit(List<GridPair> demonstrations) {
    if (!demonstrations.stream().allMatch(codec()::fits)) {
      return Optional.of("a demonstration is larger than " + limit());
    }
    int tokens =
        demonstrations.stream().mapToInt(GridCodec::tokens).sum()
            + language.edits().length()
            + MARKERS;
    return tokens <= maxTokens
        ? Optional.empty()
        : Optional.of(
            "its demonstrations take %d tokens, and the model reads %d"
                .formatted(tokens, maxTokens));
  }

  private Optional<String> misfit(OpenTask task, Grid input) {
    if (!codec().fits(input)) {
      return Optional.of("the test input is larger than " + limit());
    }
    return domain.canAsk(new OpenContext(task.shown(), List.of(input)))
        ? Optional.empty()
        : Optional.of(
            "a demonstration with the test input and its answer may take more than the %d tokens"
                    .formatted(maxTokens)
                + " that the model reads");
  }

  private GridCodec codec() {
    return language.sequences().codec();
  }

  private String limit() {
    return codec().limit() + ", the largest of the model";
  }
}
