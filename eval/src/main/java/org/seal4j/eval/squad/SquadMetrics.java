package org.seal4j.eval.squad;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Exact match and F1 as the official script of SQuAD v2.0 defines them (Rajpurkar et al. 2016,
 * 2018): both sides in lower case, without ASCII punctuation, without the words a, an and the, with
 * single blanks; of several accepted answers the best counts.
 */
public final class SquadMetrics {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
  private static final Pattern ARTICLES =
      Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);

  /** What Python's {@code split} takes for white space. */
  private static final Pattern WHITE_SPACE = Pattern.compile("[\\p{IsWhite_Space}\\x1c-\\x1f]+");

  private SquadMetrics() {}

  /** 1 where the normalised answer is one of the normalised golds, else 0. */
  public static double exactMatch(List<String> golds, String answer) {
    return best(golds, answer, (gold, given) -> gold.equals(given) ? 1 : 0);
  }

  /**
   * The harmonic mean of precision and recall over the bag of normalised words; where either side
   * has no word, 1 if both have none, else 0.
   */
  public static double f1(List<String> golds, String answer) {
    return best(golds, answer, SquadMetrics::overlap);
  }

  /** The official normal form. */
  public static String normalize(String text) {
    String plain = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    return String.join(" ", words(ARTICLES.matcher(plain).replaceAll(" ")));
  }

  /** Golds that normalise to nothing do not count; where none is left, no answer is right. */
  private static double best(
      List<String> golds, String answer, ToDoubleBiFunction<String, String> score) {
    String given = normalize(answer);
    List<String> normal =
        golds.stream().map(SquadMetrics::normalize).filter(gold -> !gold.isEmpty()).toList();
    return (normal.isEmpty() ? List.of("") : normal)
        .stream().mapToDouble(gold -> score.applyAsDouble(gold, given)).max().orElse(0);
  }

  private static double overlap(String gold, String given) {
    List<String> expected = words(gold);
    List<String> found = words(given);
    if (expected.isEmpty() || found.isEmpty()) {
      return expected.equals(found) ? 1 : 0;
    }
    Map<String, Integer> left = new HashMap<>();
    expected.forEach(word -> left.merge(word, 1, Integer::sum));
    int common = 0;
    for (String word : found) {
      if (left.merge(word, -1, Integer::sum) >= 0) {
        common++;
      }
    }
    double precision = (double) common / found.size();
    double recall = (double) common / expected.size();
    return common == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  private static List<String> words(String text) {
    return Stream.of(WHITE_SPACE.split(text, -1)).filter(word -> !word.isEmpty()).toList();
  }
}
