package org.seal4j.scripts.adapt;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.run.ProgressBar;

/**
 * How much can be learned in a given time: a plan that is made before the work starts and recorded
 * in the recipe, so that the run repeats to the same bytes on a machine of any speed. The speed of
 * this machine is measured once, on a forward pass; all else is counted ({@link Effort}).
 */
public final class Budget {
  private static final int FEWEST_READINGS = 12;
  private static final int FEWEST_QUESTIONS = 4;
  private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(s|m|h)");

  private Budget() {}

  /**
   * A plan.
   *
   * @param wanted what was asked for, and in which time
   * @param passages that are learned
   * @param readings of each
   * @param questions of each
   * @param seconds that it is estimated to take
   */
  public record Plan(BudgetKeys wanted, int passages, int readings, int questions, double seconds) {
    /** The keys of a recipe that it sets, in the form of {@code --set}. */
    public List<String> changes() {
      return List.of(
          "documents.passages=" + passages,
          "study.readings=" + readings,
          "questions.count=" + questions,
          "budget={time: '%s', passages: %d, readings: %d, questions: %d}"
              .formatted(wanted.time(), wanted.passages(), wanted.readings(), wanted.questions()));
    }

    /** For a person. */
    public String sentence() {
      int left = wanted.passages() - passages;
      return "budget: %s; estimated %s; %s"
          .formatted(
              sentence(wanted, passages, readings, questions),
              ProgressBar.time(seconds),
              left > 0
                  ? "dropped: " + Amount.of(left, "passage")
                  : readings < wanted.readings() || questions < wanted.questions()
                      ? "no passage is dropped"
                      : "nothing is dropped");
    }

    static String sentence(BudgetKeys wanted, int passages, int readings, int questions) {
      return String.format(
          Locale.ROOT,
          "in %s, %d of %s, each in %d of %s and with at most %d of %s",
          wanted.time(),
          passages,
          Amount.of(wanted.passages(), "passage"),
          readings,
          Amount.of(wanted.readings(), "reading"),
          questions,
          Amount.of(wanted.questions(), "question"));
    }
  }

  /**
   * A plan with what it was made from, which its run need not read and measure again.
   *
   * @param documents that were read
   * @param speed of this machine
   */
  public record Planned(Plan plan, DocumentSet documents, MachineSpeed speed) {}

  /**
   * Reads {@code 90s}, {@code 10m} or {@code 1.5h}.
   *
   * @return seconds
   */
  public static double seconds(String text) {
    Matcher matcher = TIME.matcher(text.strip());
    Checks.require(
        matcher.matches(),
        "--budget is '%s', but a time such as 90s, 10m or 1.5h is expected",
        text);
    double unit =
        switch (matcher.group(2)) {
          case "s" -> 1;
          case "m" -> 60;
          default -> 3600;
        };
    double seconds = Double.parseDouble(matcher.group(1)) * unit;
    Checks.require(seconds >= 1, "--budget is '%s', but it must be a second at least", text);
    return seconds;
  }

  /**
   * Measures this machine with the model, and plans.
   *
   * @param recipe what is wanted where there is time enough
   * @param time to spend, such as {@code 15m}
   */
  public static Planned plan(AdaptKeys recipe, String time, Workers workers) {
    double seconds = seconds(time);
    DocumentSet set = recipe.documents().read();
    List<DocumentPassage> passages = recipe.documents().first(set);
    try (ModelFolder model = ModelFolder.load(recipe.model().required())) {
      MachineSpeed speed = MachineSpeed.of(model, workers);
      Effort.Sizes sizes = recipe.sizes(model.config());
      BudgetKeys wanted =
          new BudgetKeys(
              time.strip(), passages.size(), sizes.readings(), recipe.questions().count());
      return new Planned(plan(passages, seconds, speed, sizes, wanted), set, speed);
    }
  }

  /**
   * Readings and questions are dropped together, down to the fewest, and then the last passages.
   */
  static Plan plan(
      List<DocumentPassage> passages,
      double seconds,
      MachineSpeed speed,
      Effort.Sizes sizes,
      BudgetKeys wanted) {
    int count = passages.size();
    for (int step = 0; step <= 8; step++) {
      double part = 1 - step / 8.0;
      int readings = between(FEWEST_READINGS, wanted.readings(), part);
      int questions = between(FEWEST_QUESTIONS, wanted.questions(), part);
      double cost = seconds(passages, speed, sizes.with(readings, questions));
      if (cost <= seconds) {
        return new Plan(wanted, count, readings, questions, cost);
      }
    }
    int readings = Math.min(FEWEST_READINGS, wanted.readings());
    int questions = Math.min(FEWEST_QUESTIONS, wanted.questions());
    Effort.Sizes least = sizes.with(readings, questions);
    double all = seconds(passages, speed, least);
    double cost = all;
    while (count > 1 && cost > seconds) {
      count--;
      cost = seconds(passages.subList(0, count), speed, least);
    }
    Checks.require(
        cost <= seconds,
        "--budget %s is too short: the first of %s in the fewest readings (%d) and with the fewest"
            + " questions (%d) takes about %.0f seconds on this machine; give it --budget %s%s, or take a"
            + " smaller model",
        wanted.time(),
        Amount.of(passages.size(), "passage"),
        readings,
        questions,
        cost,
        enough(cost),
        passages.size() == 1 ? "" : ", or --budget " + enough(all) + " for all passages");
    return new Plan(wanted, count, readings, questions, cost);
  }

  /** A time that is enough also where this machine is measured a little slower the next time. */
  private static String enough(double seconds) {
    double time = 1.2 * seconds;
    return time <= 90
        ? String.format(Locale.ROOT, "%.0fs", Math.ceil(time))
        : String.format(Locale.ROOT, "%.0fm", Math.ceil(time / 60));
  }

  private static double seconds(
      List<DocumentPassage> passages, MachineSpeed speed, Effort.Sizes sizes) {
    return speed.seconds(Effort.of(passages, sizes).tokens());
  }

  private static int between(int fewest, int wanted, double part) {
    int low = Math.min(fewest, wanted);
    return (int) Math.round(low + part * (wanted - low));
  }
}
