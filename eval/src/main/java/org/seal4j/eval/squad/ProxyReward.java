package org.seal4j.eval.squad;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seal4j.data.check.Checks;

/**
 * What a text about a passage is worth by its words alone, without training on it: four scores from
 * 1 to 5 whose sum, 4 to 20, stands in for the reward of a self-edit (as in SEAL's proxy reward,
 * docs/seal.md §2.10).
 *
 * <p>Differs from SEAL: there GPT-4.1 gives the four scores; here they are counted. A text without
 * statements has 1 each.
 *
 * @param length content words per content word of the passage: 5 from as long as the passage on
 * @param diversity how little each statement repeats an earlier one (one minus the largest overlap
 *     of their word sets): 5 from .9 on
 * @param coverage share of the passage's content words that the text uses, the rubric's quality: 5
 *     from .7 on
 * @param correctness share of statements that the passage bears out: at least six tenths of their
 *     content words and all their numbers and names stand in passage or title; 5 only for all
 */
public record ProxyReward(int length, int diversity, int coverage, int correctness) {
  private static final double SUPPORT = 0.6;
  private static final Pattern LIST_NUMBER = Pattern.compile("^\\s*(?:[-*•]|\\d+[.)])\\s+");

  /** A capitalised word that does not start a sentence. */
  private static final Pattern NAME =
      Pattern.compile("(?<=[\\p{L}\\p{N},;:] )\\p{Lu}[\\p{L}\\p{N}]+");

  public ProxyReward {
    for (int score : new int[] {length, diversity, coverage, correctness}) {
      Checks.require(score >= 1 && score <= 5, "a score must be in 1..5 but was %d", score);
    }
  }

  /** The scores of these statements about a passage. */
  public static ProxyReward of(List<String> statements, String title, String context) {
    List<String> plain =
        statements.stream()
            .map(statement -> LIST_NUMBER.matcher(statement).replaceFirst(""))
            .filter(statement -> !content(statement).isEmpty())
            .toList();
    if (plain.isEmpty()) {
      return new ProxyReward(1, 1, 1, 1);
    }
    Set<String> passage = new HashSet<>(content(context));
    Set<String> source = new HashSet<>(content(title));
    source.addAll(passage);
    int words = plain.stream().mapToInt(statement -> content(statement).size()).sum();
    return new ProxyReward(
        score((double) words / Math.max(1, content(context).size()), 0.1, 1),
        score(diversity(plain), 0.3, 0.9),
        score(coverage(plain, passage), 0.1, 0.7),
        score(supported(plain, source), 0.3, 1));
  }

  /** The proxy reward, 4 to 20. */
  public int sum() {
    return length + diversity + coverage + correctness;
  }

  /** 1 up to the first bound, 5 from the second on, rounded to nearest between them. */
  private static int score(double value, double low, double high) {
    double scaled = 1 + 4 * (value - low) / (high - low);
    return (int) Math.round(Math.max(1, Math.min(5, scaled)));
  }

  private static double diversity(List<String> statements) {
    List<Set<String>> earlier = new ArrayList<>();
    double sum = 0;
    for (String statement : statements) {
      Set<String> words = new HashSet<>(content(statement));
      sum += 1 - earlier.stream().mapToDouble(other -> overlap(words, other)).max().orElse(0);
      earlier.add(words);
    }
    return sum / statements.size();
  }

  /** Jaccard's index of two sets that are not empty. */
  private static double overlap(Set<String> left, Set<String> right) {
    double common = left.stream().filter(right::contains).count();
    return common / (left.size() + right.size() - common);
  }

  private static double coverage(List<String> statements, Set<String> passage) {
    Set<String> used =
        statements.stream().flatMap(s -> content(s).stream()).collect(Collectors.toSet());
    long covered = passage.stream().filter(used::contains).count();
    return (double) covered / Math.max(1, passage.size());
  }

  private static double supported(List<String> statements, Set<String> source) {
    long good = statements.stream().filter(statement -> isSupported(statement, source)).count();
    return (double) good / statements.size();
  }

  private static boolean isSupported(String statement, Set<String> source) {
    List<String> words = content(statement);
    long known = words.stream().filter(source::contains).count();
    return known >= SUPPORT * words.size()
        && source.containsAll(words.stream().filter(AnswerWords::isNumber).toList())
        && NAME.matcher(statement)
            .results()
            .allMatch(name -> source.containsAll(content(name.group())));
  }

  /** Stems of the words that carry content. */
  private static List<String> content(String text) {
    return AnswerWords.of(text).stream()
        .filter(word -> !AnswerWords.FUNCTION_WORDS.contains(word))
        .map(AnswerWords::stem)
        .toList();
  }
}
