package org.seal4j.scripts.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.seal4j.lora.text.Completion;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that has a model write: how long, how chosen, where it ends. */
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class AnswerOptions {
  private static final Pattern ESCAPE = Pattern.compile("\\\\[n\\\\]");

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "200",
      description = "Most tokens to write. Default: ${DEFAULT-VALUE}.")
  private int maxTokens;

  @Mixin private SamplingOptions sampling;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed writes the same text. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description =
          "End before this text or special token; may be repeated; \\n stands for a line feed, \\\\"
              + " for a backslash.")
  private List<String> stops = new ArrayList<>();

  /**
   * What they say together.
   *
   * @param temperature where none is given
   */
  Completion.Request request(double temperature) {
    return new Completion.Request(
        sampling.sampling(temperature),
        maxTokens,
        stops.stream().map(AnswerOptions::plain).toList(),
        seed);
  }

  long seed() {
    return seed;
  }

  /** Shells make it hard to type a line feed; every other backslash is one. */
  static String plain(String typed) {
    return ESCAPE.matcher(typed).replaceAll(found -> found.group().equals("\\n") ? "\n" : "\\\\");
  }
}
