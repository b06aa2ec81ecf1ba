package org.seal4j.scripts.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;

/** A command line of grid tasks in this process, which must succeed. */
final class SealCommand {
  private SealCommand() {}

  /**
   * Runs it with the recipes {@code arc-quick} and {@code arc-smoke}.
   *
   * @param home folder that the recipes are put into
   */
  static void run(Path home, List<String> line) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    Seal seal =
        new Seal(
            new Experiments(List.of(new ArcExperiment())),
            Optional.of(RecipeHome.at(home, "arc-quick", "arc-smoke")),
            (args, environment) -> 99);
    assertThat(seal.run(line, writer, writer)).as(out.toString()).isZero();
  }
}
