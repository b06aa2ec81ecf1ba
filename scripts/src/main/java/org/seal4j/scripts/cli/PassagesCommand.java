package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.Json;
import org.seal4j.data.squad.CompletedPassage;
import org.seal4j.data.squad.ImpossibleQuestions;
import org.seal4j.data.squad.PassageReader;
import org.seal4j.data.squad.PassageSubset;
import org.seal4j.data.squad.PassageTable;
import org.seal4j.data.squad.Question;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code seal passages}: checks a file of passages, says what it holds, and makes a table of it.
 */
@Command(
    name = "passages",
    description = "Check a file of passages with questions, print a summary, and write a table.",
    footer = {
      "",
      "Reads SQuAD v1.1 and v2.0, XQuAD, SEAL's regrouped lists, and tables written by this"
          + " command.",
      "",
      "Examples:",
      "  seal passages dev-v1.1.json",
      "  seal passages train-v2.0.json --impossible keep --seed 1 --count 200 \\",
      "      --out chosen.arrow",
      "  seal run squad-real --set data.passages=chosen.arrow \\",
      "      --set model.path=FOLDER"
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class PassagesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The passages.")
  private Path file;

  @Option(
      names = "--impossible",
      paramLabel = "WHAT",
      defaultValue = "drop",
      description =
          "Questions that the passage does not answer: keep, drop or refuse (default: drop).")
  private ImpossibleQuestions impossible;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Shuffle the passages by this seed before --start and --count.")
  private @Nullable Long seed;

  @Option(names = "--start", paramLabel = "N", description = "First place of the slice.")
  private int start;

  @Option(names = "--count", paramLabel = "N", description = "Length of the slice; 0 for the rest.")
  private int count;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write them as an Arrow table, a new file.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Override
  public void run() {
    Checks.require(
        seed != null || (start == 0 && count == 0),
        "--start and --count take a slice of a shuffle; name its seed with --seed N");
    if (out != null) {
      Checks.require(
          out.toString().endsWith(".arrow"), "--out is %s, but tables are called *.arrow", out);
      Checks.require(
          !Files.exists(out, LinkOption.NOFOLLOW_LINKS),
          "--out is %s, which exists; name a new file for the table, or delete that one",
          out);
    }
    List<CompletedPassage> all = PassageReader.readCompleted(file, impossible);
    List<CompletedPassage> chosen =
        seed == null ? all : new PassageSubset(seed, start, count).of(all);
    if (out != null) {
      PassageTable.write(out, chosen);
    }
    PrintWriter to = spec.commandLine().getOut();
    if (json) {
      to.print(Json.pretty(Summary.of(chosen)));
    } else {
      to.println(Summary.of(chosen).line());
    }
    to.flush();
  }

  /** How many there are of what. */
  private record Summary(
      int passages, long articles, int questions, long impossible, int completions) {

    static Summary of(List<CompletedPassage> passages) {
      List<Question> questions =
          passages.stream().flatMap(one -> one.passage().questions().stream()).toList();
      return new Summary(
          passages.size(),
          passages.stream().map(one -> one.passage().title()).distinct().count(),
          questions.size(),
          questions.stream().filter(Question::impossible).count(),
          passages.stream().mapToInt(one -> one.completions().size()).sum());
    }

    String line() {
      return "%s of %s, %s (%s impossible), %s"
          .formatted(
              Amount.of(passages, "passage"),
              Amount.of(articles, "article"),
              Amount.of(questions, "question"),
              String.format(Locale.ROOT, "%,d", impossible),
              Amount.of(completions, "completion"));
    }
  }
}
