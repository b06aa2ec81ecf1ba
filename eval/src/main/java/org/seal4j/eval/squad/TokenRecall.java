package org.seal4j.eval.squad;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.seal4j.data.check.Checks;

/**
 * Right where enough of a gold answer stands in the answer (docs/seal.md §2.5): the share of its
 * stemmed content words found there, those left out that the question already says, reaches a
 * threshold, and every number that the gold writes in digits is there.
 *
 * <p>A word is found where the answer has the same stem, or one that begins with it or that it
 * begins with, from four letters on ({@code farm}, {@code farmhand}). Function words and the marks
 * of an era (BC, CE) are no content. A gold that is all function words is compared as a whole, one
 * that is nothing but articles as it is written; one that the question says completely is compared
 * with all its words.
 *
 * @param threshold least share of the content words, in (0, 1]
 */
public record TokenRecall(double threshold) implements AnswerGrader {
  /**
   * Chosen by kappa with GPT-4.1's verdicts on one half of SEAL's articles; {@code seal grade
   * calibrate} prints the choice and the figures of the other half.
   */
  static final double CHOSEN = 0.65;

  private static final int SHORTEST_PREFIX = 4;

  public TokenRecall {
    Checks.require(
        threshold > 0 && threshold <= 1,
        "the threshold of token-recall must be in (0, 1] but was %s; use %s",
        threshold,
        CHOSEN);
  }

  /** The calibrated rule. */
  public static TokenRecall calibrated() {
    return new TokenRecall(CHOSEN);
  }

  @Override
  public String label() {
    return "token-recall";
  }

  @Override
  public double grade(String question, List<String> golds, String answer) {
    if (golds.isEmpty()) {
      return answer.isBlank() ? 1 : 0;
    }
    Set<String> asked = stems(AnswerWords.of(question));
    List<String> words = AnswerWords.of(answer);
    Set<String> given = stems(words);
    given.addAll(words);
    boolean right =
        golds.stream()
            .anyMatch(
                gold ->
                    BareArticles.are(gold)
                        ? BareArticles.standIn(answer, gold)
                        : isExpressed(gold, asked, given));
    return right ? 1 : 0;
  }

  private boolean isExpressed(String gold, Set<String> asked, Set<String> given) {
    List<String> words = AnswerWords.of(gold);
    boolean allNumbers = words.stream().filter(AnswerWords::isNumber).allMatch(given::contains);
    if (words.isEmpty() || !allNumbers) {
      return false;
    }
    List<String> content = orAll(words, word -> !AnswerWords.FUNCTION_WORDS.contains(word));
    List<String> stems = content.stream().map(AnswerWords::stem).toList();
    List<String> news = orAll(stems, stem -> !asked.contains(stem));
    long found = news.stream().filter(stem -> isIn(stem, given)).count();
    return (double) found / news.size() >= threshold;
  }

  /** The words that pass, or all where none does. */
  private static List<String> orAll(List<String> words, Predicate<String> passes) {
    List<String> passing = words.stream().filter(passes).toList();
    return passing.isEmpty() ? words : passing;
  }

  private static boolean isIn(String stem, Set<String> given) {
    return given.contains(stem)
        || (stem.length() >= SHORTEST_PREFIX
            && !AnswerWords.isNumber(stem)
            && given.stream().anyMatch(other -> isFamily(stem, other)));
  }

  private static boolean isFamily(String stem, String other) {
    return other.length() >= SHORTEST_PREFIX && (other.startsWith(stem) || stem.startsWith(other));
  }

  private static Set<String> stems(List<String> words) {
    return words.stream().map(AnswerWords::stem).collect(Collectors.toCollection(HashSet::new));
  }
}
