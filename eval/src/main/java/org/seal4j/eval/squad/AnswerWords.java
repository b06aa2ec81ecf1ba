package org.seal4j.eval.squad;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import opennlp.tools.stemmer.PorterStemmer;

/**
 * Text as words to be compared: lower case, without accents and possessive {@code 's}, numbers
 * without thousands commas and ordinal endings, everything but letters and digits dropped.
 */
final class AnswerWords {
  /** Words that carry no content of their own. */
  static final Set<String> FUNCTION_WORDS =
      Set.of(
          "a", "an", "the", "of", "in", "on", "at", "to", "for", "by", "with", "from", "and", "or",
          "as", "is", "are", "was", "were", "be", "been", "being", "it", "its", "this", "that",
          "these", "those", "their", "his", "her", "he", "she", "they", "them", "which", "who",
          "whom", "what", "when", "where", "why", "how", "do", "does", "did", "has", "have", "had",
          "not", "no", "than", "then", "into", "over", "under", "about", "between", "during",
          "also", "bc", "bce", "ad", "ce");

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern POSSESSIVE = Pattern.compile("['\u2019]s\\b");
  private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d),(?=\\d{3})");
  private static final Pattern WORD = Pattern.compile("(\\d+(?:\\.\\d+)?)(?:st|nd|rd|th)?|\\p{L}+");
  private static final Map<String, String> NUMBERS = numbers();

  private AnswerWords() {}

  /** The words in their order, not stemmed. */
  static List<String> of(String text) {
    String folded =
        MARKS
            .matcher(Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD))
            .replaceAll("");
    String plain = THOUSANDS.matcher(POSSESSIVE.matcher(folded).replaceAll("")).replaceAll("");
    return WORD.matcher(plain).results().map(AnswerWords::word).toList();
  }

  /** The stem of a word, and of a number word the digits: {@code fifty} and 50 are the same. */
  static String stem(String word) {
    String digits = NUMBERS.get(word);
    return digits != null ? digits : new PorterStemmer().stem(word);
  }

  static boolean isNumber(String word) {
    return Character.isDigit(word.charAt(0));
  }

  private static String word(MatchResult match) {
    return match.group(1) != null ? match.group(1) : match.group();
  }

  private static Map<String, String> numbers() {
    Map<String, String> numbers = new HashMap<>();
    count(numbers, 0, 1, "zero one two three four five six seven eight nine ten eleven twelve");
    count(numbers, 13, 1, "thirteen fourteen fifteen sixteen seventeen eighteen nineteen");
    count(numbers, 20, 10, "twenty thirty forty fifty sixty seventy eighty ninety");
    count(numbers, 1, 1, "first second third fourth fifth sixth seventh eighth ninth tenth");
    return Map.copyOf(numbers);
  }

  private static void count(Map<String, String> numbers, int from, int step, String words) {
    int number = from;
    for (String word : words.split(" ", -1)) {
      numbers.put(word, Integer.toString(number));
      number += step;
    }
  }
}
