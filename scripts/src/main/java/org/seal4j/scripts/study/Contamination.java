package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Html;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.squad.TokenRecall;
import org.seal4j.eval.squad.WordOverlap;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.eval.stats.Proportion;
import org.seal4j.eval.stats.TaskBootstrap;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.passage.PassageContext;

/**
 * Whether the figures could be earned without studying: what the model knows beforehand, and how
 * far self-edits have the words of the questions that are asked afterwards.
 *
 * @param known share of the questions that the model answers closed book, bootstrapped over titles
 * @param questions how many are asked
 * @param passages held-out passages that share a 13-gram with a passage of the loop
 * @param evaluated held-out passages
 * @param overlaps of the self-edits of each arm
 */
record Contamination(
    Estimate known, int questions, int passages, int evaluated, List<Overlap> overlaps) {
  private static final int WORST = 3;

  /**
   * Self-edits of one arm against all evaluated questions.
   *
   * @param arm its name
   * @param where whose edits: of held-out passages, or of the loop's
   * @param edits how many
   * @param overlapping those that have a 13-gram of a question, or a whole shorter one
   * @param worst those with the longest runs of a question's words, most words first
   */
  record Overlap(String arm, String where, int edits, int overlapping, List<Run> worst) {}

  /** A run of words that a self-edit shares with a question. */
  record Run(String edit, String question, int words) {}

  /** Of a finished run. */
  static Contamination of(List<StudyArm> arms, StudyPlan plan, List<EditRow> base, Seeds seeds) {
    List<Outcome> answers = answers(base, plan.evaluated());
    List<Overlap> overlaps = new ArrayList<>();
    for (StudyArm arm : arms) {
      List<EditRow> held = new ArrayList<>();
      arm.phases().evaluations().values().forEach(held::addAll);
      List<EditRow> loop = new ArrayList<>();
      arm.phases().rounds().forEach(round -> loop.addAll(round.rows()));
      add(overlaps, arm, "held-out passages", held, plan.evaluated());
      add(overlaps, arm, "passages of the loop", loop, plan.evaluated());
    }
    return new Contamination(
        new TaskBootstrap(seeds.child("bootstrap", "closed book")).mean(answers),
        answers.size(),
        shared(plan),
        plan.evaluated().size(),
        overlaps);
  }

  private static List<Outcome> answers(List<EditRow> base, List<PassageContext> evaluated) {
    Map<String, Passage> passages = new HashMap<>();
    evaluated.forEach(context -> passages.put(context.id(), context.passage()));
    List<Outcome> outcomes = new ArrayList<>();
    for (EditRow row : base) {
      Passage passage = passages.get(row.key().contextId());
      for (int i = 0; passage != null && i < row.outcome().answers().size(); i++) {
        double right =
            TokenRecall.calibrated()
                .grade(passage.questions().get(i), row.outcome().answers().get(i));
        outcomes.add(new Outcome(passage.title(), right));
      }
    }
    return outcomes;
  }

  /** Held-out passages that have a 13-gram of a passage of the loop. */
  private static int shared(StudyPlan plan) {
    List<WordOverlap> loop = new ArrayList<>();
    plan.rounds()
        .forEach(
            round -> round.forEach(one -> loop.add(WordOverlap.with(one.passage().context()))));
    return (int)
        plan.evaluated().stream()
            .map(context -> List.of(context.passage().context()))
            .filter(text -> loop.stream().anyMatch(other -> isAbove(other.grams(text))))
            .count();
  }

  private static boolean isAbove(OptionalDouble share) {
    return share.isPresent() && share.getAsDouble() > 0;
  }

  private static void add(
      List<Overlap> overlaps,
      StudyArm arm,
      String where,
      List<EditRow> rows,
      List<PassageContext> evaluated) {
    List<Run> runs = new ArrayList<>();
    int edits = 0;
    int overlapping = 0;
    for (EditRow row : rows) {
      String text = row.draft().attempts() > 0 ? row.draft().edit().orElse("") : "";
      if (text.isEmpty()) {
        continue;
      }
      WordOverlap edit = WordOverlap.with(text);
      boolean any = false;
      for (PassageContext context : evaluated) {
        boolean own = context.id().equals(row.key().contextId());
        for (Question question : context.passage().questions()) {
          boolean has = isAbove(edit.grams(List.of(question.text())));
          any |= has;
          if (own || has) {
            runs.add(new Run(name(row), question.text(), edit.longestRun(question.text())));
          }
        }
      }
      edits++;
      overlapping += any ? 1 : 0;
    }
    if (edits > 0) {
      runs.sort(Comparator.comparingInt(Run::words).reversed());
      overlaps.add(new Overlap(arm.keys().name(), where, edits, overlapping, worst(runs)));
    }
  }

  /** The longest runs, each question once. */
  private static List<Run> worst(List<Run> runs) {
    Map<String, Run> worst = new LinkedHashMap<>();
    runs.forEach(run -> worst.putIfAbsent(run.question, run));
    return worst.values().stream().filter(run -> run.words > 0).limit(WORST).toList();
  }

  private static String name(EditRow row) {
    EditRow.Key key = row.key();
    return "%s, %s, edit %d".formatted(key.phase(), key.contextId(), key.index());
  }

  /** For the page and the console. */
  String sentence() {
    return "the model answers %s of the %d questions closed book (95 %% interval %s, by titles)"
        .formatted(
            Cells.share(known.value()), questions, Cells.interval("%.1f", known.interval(), 100));
  }

  Section section() {
    return Section.of("Contamination", this::write);
  }

  private void write(Html html) {
    html.leaf("p", "Before any training " + sentence() + ".");
    html.leaf(
        "p",
        "%d of %d held-out passages share a 13-gram with a passage of the loop."
            .formatted(passages, evaluated));
    if (overlaps.isEmpty()) {
      return;
    }
    html.note(
        "Self-edits that have 13 words in a row of an evaluated question, or the whole question"
            + " where it is shorter; the policy sees no question. 95 % intervals are Wilson's.");
    Cells cells = new Cells(html);
    cells.head("", "self-edits of", "n", "with overlap", "95 %", "longest run of words");
    for (Overlap overlap : overlaps) {
      Proportion share = new Proportion(overlap.overlapping, overlap.edits);
      cells.row(
          overlap.arm,
          List.of(
              overlap.where,
              "" + overlap.edits,
              Cells.share(share.estimate()),
              Cells.interval("%.1f", share.wilson(), 100),
              overlap.worst.isEmpty() ? Cells.NONE : "" + overlap.worst.get(0).words));
    }
    cells.end();
    html.open("details").leaf("summary", "longest runs").open("ul");
    for (Overlap overlap : overlaps) {
      for (Run run : overlap.worst) {
        html.leaf(
            "li",
            "%d words: %s (%s), question: %s"
                .formatted(run.words, overlap.arm, run.edit, run.question));
      }
    }
    html.close().close();
  }
}
