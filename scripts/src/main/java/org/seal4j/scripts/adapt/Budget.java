package org.seal4j.scripts.adapt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.document.DocumentLimits;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.data.document.Documents;
import org.seal4j.model.generate.Scorer;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.weights.ModelFolder;

/**
 * How much can be learned in a given time: a plan that is made before the work starts and recorded
 * in the recipe, so that the run repeats to the same bytes on a machine of any speed.
 *
 * <p>The speed of this machine is measured once, on a forward pass. Everything else is counted in
 * tokens of such a pass, with factors that were measured on SmolLM2-135M: they are an estimate for
 * other models.
 */
public final class Budget {
  /** Tokens of a forward pass that a question costs: it is written, answered and asked. */
  private static final double QUESTION = 260;

  /** Tokens of a forward pass that a passage costs before its first question. */
  private static final double PASSAGE = 1600;

  /** Tokens of a forward pass that a trained token costs where ten of thirty layers are trained. */
  private static final double TRAINED = 1.7;

  /** Tokens of a question with its answer, and a word of a passage. */
  private static final double ROW_TOKENS = 48;

  private static final double TOKENS_PER_WORD = 1.5;

  /** Examinations, loading, files. */
  private static final double FIXED_TOKENS = 12_000;

  private static final int FEWEST_READINGS = 12;
  private static final int FEWEST_QUESTIONS = 4;
  private static final int PROBE_TOKENS = 256;
  private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(s|m|h)");

  private Budget() {}

  /**
   * A plan.
   *
   * @param passages that are learned
   * @param readings of each
   * @param questions of each
   * @param seconds that it is estimated to take
   * @param dropped ids of the passages that are not learned
   */
  public record Plan(
      int passages, int readings, int questions, double seconds, List<String> dropped) {
    public Plan {
      dropped = List.copyOf(dropped);
    }

    /** The keys of a recipe that it sets, in the form of {@code --set}. */
    public List<String> changes() {
      return List.of(
          "documents.passages=" + passages,
          "study.readings=" + readings,
          "questions.count=" + questions);
    }

    /** For a person. */
    public String sentence() {
      String left =
          dropped.isEmpty()
              ? "nothing is dropped"
              : "dropped: " + Amount.of(dropped.size(), "passage") + ", " + shown();
      return String.format(
          Locale.ROOT,
          "budget: %s, %d readings and at most %d questions of each, estimated %.0f minutes; %s",
          Amount.of(passages, "passage"),
          readings,
          questions,
          Math.ceil(seconds / 60),
          left);
    }

    private String shown() {
      int most = 5;
      return String.join(", ", dropped.subList(0, Math.min(most, dropped.size())))
          + (dropped.size() > most ? ", ..." : "");
    }
  }

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
   * @param seconds to spend
   */
  public static Plan plan(AdaptKeys recipe, double seconds, Workers workers) {
    SourceKeys keys = recipe.documents();
    DocumentSet set =
        Documents.read(
            keys.paths(), DocumentLimits.defaults().withPassageWords(keys.passageWords()));
    Integer most = keys.passages();
    int count = Math.min(most == null ? Integer.MAX_VALUE : most, set.passages().size());
    double tokens = seconds * tokensPerSecond(recipe.model().required(), workers);
    return plan(set.passages().subList(0, count), tokens, Wanted.of(recipe), seconds);
  }

  /**
   * What is wanted where there is time enough.
   *
   * @param readings of each passage
   * @param questions of each passage that are trained on
   * @param heldOut further questions of each
   * @param draws questions that are written for each that is wanted
   * @param others rows of a batch beside the passage
   */
  record Wanted(int readings, int questions, int heldOut, double draws, int others) {
    static Wanted of(AdaptKeys recipe) {
      AdaptKeys.Questions asked = recipe.questions();
      return new Wanted(
          recipe.study().readings(),
          asked.count(),
          asked.heldOut(),
          asked.teacher() == null ? asked.draws() : 1,
          recipe.study().others());
    }
  }

  /** The plan for so many tokens of a forward pass in all. */
  static Plan plan(List<DocumentPassage> passages, double tokens, Wanted wanted, double seconds) {
    double perSecond = tokens / seconds;
    double left = tokens - FIXED_TOKENS;
    for (int step = 0; step <= 8; step++) {
      double part = 1 - step / 8.0;
      int readings = between(FEWEST_READINGS, wanted.readings, part);
      int questions = between(FEWEST_QUESTIONS, wanted.questions, part);
      double cost = cost(passages, passages.size(), readings, questions, wanted);
      if (cost <= left) {
        double all = (cost + FIXED_TOKENS) / perSecond;
        return new Plan(passages.size(), readings, questions, all, List.of());
      }
    }
    int readings = Math.min(FEWEST_READINGS, wanted.readings);
    int questions = Math.min(FEWEST_QUESTIONS, wanted.questions);
    int count = passages.size();
    while (count > 1 && cost(passages, count, readings, questions, wanted) > left) {
      count--;
    }
    double cost = cost(passages, count, readings, questions, wanted);
    Checks.require(
        cost <= left,
        "--budget is too short: one passage takes about %.0f seconds on this machine; give it more time",
        (cost + FIXED_TOKENS) / perSecond);
    List<String> dropped = new ArrayList<>();
    passages.subList(count, passages.size()).forEach(passage -> dropped.add(passage.id()));
    return new Plan(count, readings, questions, (cost + FIXED_TOKENS) / perSecond, dropped);
  }

  private static int between(int fewest, int wanted, double part) {
    int low = Math.min(fewest, wanted);
    return (int) Math.round(low + part * (wanted - low));
  }

  private static double cost(
      List<DocumentPassage> passages, int count, int readings, int questions, Wanted wanted) {
    double sum = 0;
    double written = Math.ceil((questions + wanted.heldOut) * wanted.draws);
    for (DocumentPassage passage : passages.subList(0, count)) {
      double batch = passage.words() * TOKENS_PER_WORD + wanted.others * ROW_TOKENS;
      sum += PASSAGE + written * QUESTION + readings * batch * TRAINED;
    }
    return sum;
  }

  /** Tokens of a forward pass on all threads. */
  private static double tokensPerSecond(Path path, Workers workers) {
    try (ModelFolder model = ModelFolder.load(path)) {
      int length = Math.min(PROBE_TOKENS, model.context());
      int[] ids = new int[length];
      float[] weights = new float[length];
      weights[length - 1] = 1;
      TokenSequence sequence = new TokenSequence(ids, new int[length], weights);
      double best = Double.MAX_VALUE;
      for (int i = 0; i < 3; i++) {
        long start = System.nanoTime();
        workers.run(
            workers.size(),
            (index, worker) -> {
              try (Scorer scorer = new Scorer(model.weights(), worker)) {
                scorer.score(List.of(sequence));
              }
            });
        best = Math.min(best, (System.nanoTime() - start) / 1e9);
      }
      return workers.size() * length / best;
    }
  }
}
