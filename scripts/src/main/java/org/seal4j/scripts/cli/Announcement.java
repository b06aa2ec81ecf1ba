package org.seal4j.scripts.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.seal4j.data.check.Amount;
import org.seal4j.eval.report.WrappedText;
import org.seal4j.rl.experiment.Forecast;
import org.seal4j.scripts.recipe.RecipeHead;
import org.seal4j.scripts.run.Backend;
import org.seal4j.scripts.run.ProgressBar;
import org.seal4j.scripts.run.Screen;

/**
 * What a run says before it begins: what it is, how long all of it takes, what it writes.
 *
 * @param head of the recipe
 * @param resumed whether it began earlier
 * @param backend what the tensors run on
 * @param workers threads of inner loops
 */
record Announcement(RecipeHead head, boolean resumed, Backend backend, int workers) {
  private static final int INDENT = 8;

  /**
   * Three lines, wrapped to the screen.
   *
   * @param folder of the run
   * @param cache of pretrained models
   * @param writes what the run will leave there
   * @param lastTime seconds that the same run took on this machine, where it was made before
   */
  List<String> lines(
      Path folder, Path cache, Forecast writes, OptionalDouble lastTime, Screen screen) {
    String what =
        "seal %s: %s%s, backend %s, %s, seed %d. %s"
            .formatted(
                Version.of("seal"),
                head.recipe(),
                resumed ? ", resumed" : "",
                backend,
                Amount.of(workers, "worker"),
                head.seed(),
                head.about());
    String time =
        lastTime.isPresent()
            ? "time:   about %s for all of it, as the last time here (the recipe says: %s)"
                .formatted(ProgressBar.time(lastTime.getAsDouble()), head.expectedTime())
            : "time:   by the recipe, for all of it: %s; this machine gives it %d of %d cores"
                .formatted(
                    head.expectedTime(),
                    Math.min(workers, Runtime.getRuntime().availableProcessors()),
                    Runtime.getRuntime().availableProcessors());
    String place =
        "writes: %s, %s%s"
            .formatted(
                folder,
                writes,
                writes.caches() && !resumed
                    ? "; the pretrained model once more into " + cache + ", unless it is there"
                    : "");
    return Stream.of(what, time, place)
        .flatMap(line -> WrappedText.lines(line, screen.columns(), INDENT).stream())
        .toList();
  }
}
