package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seal4j.scripts.run.Experiments;
import picocli.CommandLine;

class HelpTest {
  /** Picocli breaks longer ones where a terminal has 80 columns. */
  private static final int LONGEST = 76;

  @Test
  void every_example_fits_a_line_so_that_it_can_be_copied() {
    Seal seal =
        new Seal(
            new Experiments(List.of(new ToyExperiment())),
            Optional.empty(),
            (again, environment) -> 99);
    List<String> examples = new ArrayList<>();
    examples(new CommandLine(seal), examples);
    assertThat(examples)
        .hasSizeGreaterThan(15)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(LONGEST));
  }

  /** What is indented: examples and the lines that go on with them. */
  private static void examples(CommandLine command, List<String> into) {
    for (String line : command.getCommandSpec().usageMessage().footer()) {
      if (line.startsWith("  ")) {
        into.add(line);
      }
    }
    command.getSubcommands().values().forEach(sub -> examples(sub, into));
  }
}
