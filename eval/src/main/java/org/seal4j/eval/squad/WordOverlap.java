package org.seal4j.eval.squad;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.seal4j.data.check.Checks;

/**
 * How much of a text stands in another, word for word: what contamination is judged by (Brown et
 * al. 2020, arXiv 2005.14165, appendix C: 13-grams of words). Words are compared in lower case,
 * without accents and punctuation.
 *
 * @param source the text that others are looked up in
 * @param n words of a gram
 */
public record WordOverlap(List<String> source, int n) {
  /** Words of a gram that is no coincidence. */
  public static final int GRAM = 13;

  /** Shorter lines have no gram: they stand everywhere. */
  private static final int SHORTEST = 5;

  public WordOverlap {
    source = List.copyOf(source);
    Checks.require(n >= SHORTEST, "a gram needs at least %d words but has %d", SHORTEST, n);
  }

  /** With this text, by 13-grams. */
  public static WordOverlap with(String text) {
    return new WordOverlap(AnswerWords.of(text), GRAM);
  }

  /** Number of words of a text. */
  public static int words(String text) {
    return AnswerWords.of(text).size();
  }

  /** Share of a text's content words that stand in the source; empty where it has none. */
  public OptionalDouble words(List<String> lines) {
    Set<String> known = new HashSet<>(source);
    return lines.stream()
        .flatMap(line -> AnswerWords.of(line).stream())
        .filter(word -> !AnswerWords.FUNCTION_WORDS.contains(word))
        .mapToDouble(word -> known.contains(word) ? 1 : 0)
        .average();
  }

  /**
   * Share of the grams of these lines that stand in the source. A line of 5 to 12 words is one
   * gram; shorter ones have none. Empty where no line has one.
   */
  public OptionalDouble grams(List<String> lines) {
    int all = 0;
    int found = 0;
    for (String line : lines) {
      List<String> words = AnswerWords.of(line);
      int length = Math.min(n, words.size());
      for (int from = 0; length >= SHORTEST && from + length <= words.size(); from++) {
        all++;
        found += stands(words.subList(from, from + length)) ? 1 : 0;
      }
    }
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) found / all);
  }

  private boolean stands(List<String> gram) {
    return Collections.indexOfSubList(source, gram) >= 0;
  }

  /** Longest run of words of a text that stands in the source, in words. */
  public int longestRun(String text) {
    Map<String, Integer> numbers = new HashMap<>();
    int[] here = numbered(source, numbers);
    int[] there = numbered(AnswerWords.of(text), numbers);
    int[] runs = new int[there.length + 1];
    int longest = 0;
    for (int word : here) {
      for (int i = there.length; i > 0; i--) {
        runs[i] = there[i - 1] == word ? runs[i - 1] + 1 : 0;
        longest = Math.max(longest, runs[i]);
      }
    }
    return longest;
  }

  private static int[] numbered(List<String> words, Map<String, Integer> numbers) {
    return words.stream()
        .mapToInt(word -> numbers.computeIfAbsent(word, w -> numbers.size()))
        .toArray();
  }
}
