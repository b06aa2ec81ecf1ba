package org.seal4j.eval.squad;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Golds that are nothing but articles, such as the blood type {@code A} or the band {@code The
 * The}: without their articles nothing would be left to compare, and any article of an answer would
 * do.
 */
final class BareArticles {
  static final Set<String> ARTICLES = Set.of("a", "an", "the");

  /** What Python's {@code split} takes for white space. */
  private static final Pattern WHITE_SPACE = Pattern.compile("[\\p{IsWhite_Space}\\x1c-\\x1f]+");

  /** Marks around a text that belong to the sentence it stands in. */
  private static final Pattern OUTER =
      Pattern.compile("^[\\s\\p{Pi}\\p{Pf}.,;:!?\"'()]+|[\\s\\p{Pi}\\p{Pf}.,;:!?\"'()]+$");

  private BareArticles() {}

  /** Whether the text has words and all of them are articles, in whatever case. */
  static boolean are(String gold) {
    List<String> words = AnswerWords.of(gold);
    return !words.isEmpty() && ARTICLES.containsAll(words);
  }

  /** Whether the gold stands in the answer as it is written, case and all, between other words. */
  static boolean standIn(String answer, String gold) {
    String bare = OUTER.matcher(plain(gold)).replaceAll("");
    String bounded = "(?<![\\p{L}\\p{N}])" + Pattern.quote(bare) + "(?![\\p{L}\\p{N}])";
    return Pattern.compile(bounded).matcher(plain(answer)).find();
  }

  private static String plain(String text) {
    return WHITE_SPACE.matcher(text).replaceAll(" ").strip();
  }
}
