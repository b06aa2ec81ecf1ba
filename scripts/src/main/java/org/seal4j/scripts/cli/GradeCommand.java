package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.JudgedAnswer;
import org.seal4j.data.squad.ScoredPassage;
import org.seal4j.data.squad.SealResults;
import org.seal4j.eval.squad.GraderCalibration;
import org.seal4j.eval.squad.ProxyReward;
import org.seal4j.eval.squad.ProxyStudy;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.rl.passage.TrainingSequences;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code seal grade calibrate|proxy}. */
@Command(
    name = "grade",
    description = "Compare graders and the proxy reward with what SEAL measured.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false)
final class GradeCommand implements Runnable {
  private static final String DATA =
      "Folder of SEAL's published data, which holds knowledge-incorporation/results/query_server.";
  private static final String JSON =
      "Print the figures as JSON; with a FILE, print the table and write them there.";

  /** Where no file is named. */
  private static final String OUT = "-";

  /** Of the bootstrap behind the intervals; fixed, so that the command always prints the same. */
  private static final Seeds SEEDS = Seeds.of(0).child("grade");

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Override
  public void run() {
    throw Failures.commandMissing(spec.commandLine());
  }

  @Command(
      name = "calibrate",
      description = {
        "Replay GPT-4.1's stored verdicts on SEAL's answers: choose the threshold of token-recall"
            + " on one half of the articles and report every grader on both."
      },
      sortOptions = false)
  void calibrate(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = DATA) Path data,
      @Option(
              names = "--json",
              arity = "0..1",
              fallbackValue = OUT,
              paramLabel = "FILE",
              description = JSON)
          @Nullable Path json) {
    List<JudgedAnswer> answers = new ArrayList<>();
    for (Path file : SealResults.files(data)) {
      for (ScoredPassage passage : SealResults.read(file)) {
        passage.completions().forEach(completion -> answers.addAll(completion.answers()));
      }
    }
    GraderCalibration result = GraderCalibration.of(answers, SEEDS);
    give(json, result, () -> print(result));
  }

  @Command(
      name = "proxy",
      description = {
        "Compare the proxy reward, counted from an edit's words, with the rewards that SEAL measured"
            + " for the same edits: rank correlation, and what choosing by it would gain."
      },
      sortOptions = false)
  void proxy(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = DATA) Path data,
      @Option(
              names = "--json",
              arity = "0..1",
              fallbackValue = OUT,
              paramLabel = "FILE",
              description = JSON)
          @Nullable Path json) {
    Map<String, ProxyStudy> studies = new LinkedHashMap<>();
    for (Path file : SealResults.files(data)) {
      List<List<ProxyStudy.Scored>> passages = new ArrayList<>();
      for (ScoredPassage passage : SealResults.read(file)) {
        if (passage.completions().size() > 1) {
          passages.add(passage.completions().stream().map(c -> scored(passage, c)).toList());
        }
      }
      if (passages.size() > 1) {
        studies.put(String.valueOf(file.getFileName()), ProxyStudy.of(passages, SEEDS));
      }
    }
    Checks.require(
        !studies.isEmpty(), "%s holds no result with several edits per passage to compare", data);
    give(json, studies, () -> studies.forEach(this::print));
  }

  /** The figures as JSON, or the table and the figures in a file where one is named. */
  private void give(@Nullable Path json, Object figures, Runnable table) {
    if (json != null && json.toString().equals(OUT)) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(Json.pretty(figures));
      out.flush();
      return;
    }
    table.run();
    if (json != null) {
      Json.write(json, figures);
    }
  }

  private static ProxyStudy.Scored scored(
      ScoredPassage passage, ScoredPassage.Completion completion) {
    List<String> statements = TrainingSequences.defaults().pieces(completion.text());
    ProxyReward proxy = ProxyReward.of(statements, passage.title(), passage.context());
    return new ProxyStudy.Scored(proxy, completion.reward());
  }

  private void print(String file, ProxyStudy study) {
    say(
        "%s: %s, %s; 95 %% intervals over passages",
        file, Amount.of(study.passages(), "passage"), Amount.of(study.edits(), "edit"));
    say(
        "%-12s  %-24s  %-24s  %s",
        "score", "Spearman, all", "Spearman, per passage", "lift of top 1");
    for (ProxyStudy.Row row : study.rows()) {
      say(
          "%-12s  %-24s  %-24s  %s",
          row.score(), text(row.pooled()), text(row.within()), text(row.lift()));
    }
    say("");
  }

  private void print(GraderCalibration result) {
    GraderCalibration.Counts counts = result.triples();
    say(
        "%s, %,d distinct (question, gold, answer); %,d were judged twice or more, %,d of them"
            + " both ways",
        Amount.of(counts.judgements(), "verdict"),
        counts.distinct(),
        counts.repeated(),
        counts.disputed());
    StringBuilder tried = new StringBuilder();
    for (GraderCalibration.Choice choice : result.choices()) {
      tried.append(String.format(Locale.ROOT, "  %.2f: %.3f", choice.threshold(), choice.kappa()));
    }
    say("token-recall thresholds with kappa on the choosing half:%s", tried);
    say("chosen: %.2f", result.threshold());
    half("choosing half", result.choosing());
    half("reporting half", result.reporting());
  }

  private void half(String name, GraderCalibration.Half half) {
    say("");
    say(
        "%s: %s, %s, %.1f %% of them right; 95 %% intervals over articles",
        name,
        Amount.of(half.articles(), "article"),
        Amount.of(half.answers(), "answer"),
        100 * half.right());
    say(
        "%-12s  %6s  %-19s  %-19s  %-19s  %-19s",
        "grader", "n", "agreement", "precision", "recall", "kappa");
    for (GraderCalibration.Figures row : half.graders()) {
      say(
          "%-12s  %6d  %-19s  %-19s  %-19s  %-19s",
          row.grader(),
          row.counts().n(),
          text(row.agreement()),
          text(row.precision()),
          text(row.recall()),
          text(row.kappa()));
    }
  }

  private static String text(Estimate estimate) {
    return String.format(
        Locale.ROOT,
        "%.3f [%.3f, %.3f]",
        estimate.value(),
        estimate.interval().low(),
        estimate.interval().high());
  }

  private void say(String format, Object... args) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(String.format(Locale.ROOT, format, args).stripTrailing());
    out.flush();
  }
}
