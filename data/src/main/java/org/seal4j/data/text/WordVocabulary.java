package org.seal4j.data.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.seal4j.data.check.Checks;

/**
 * The closed vocabulary of a {@link WordTokenizer}. Ids count the special tokens first, then the
 * line feed, then the words in their order.
 *
 * @param specials tokens that no text contains, reached by {@link Tokenizer#id} alone
 * @param words words and punctuation marks, each exactly one piece of {@link WordTokenizer#pieces}
 * @param bos the special token that starts a sequence; empty: none
 * @param eos the special token that ends a text; empty: none
 * @param unknown the special token that stands for every word outside the list; empty: such words
 *     are refused
 */
public record WordVocabulary(
    List<String> specials, List<String> words, String bos, String eos, String unknown) {

  /** Checks that every token stands once, and that the named specials exist. */
  public WordVocabulary {
    specials = List.copyOf(specials);
    words = List.copyOf(words);
    Set<String> seen = new HashSet<>(Set.of(WordTokenizer.LINE_FEED));
    for (String special : specials) {
      Checks.require(!special.isBlank(), "a special token of the word list is blank");
      Checks.require(
          seen.add(special), "the special token '%s' stands twice in the word list", special);
    }
    for (String word : words) {
      Checks.require(
          WordTokenizer.pieces(word).equals(List.of(word)),
          "'%s' in the word list is not one word or mark, it reads as %s; list its pieces",
          word,
          WordTokenizer.pieces(word));
      Checks.require(
          seen.add(word),
          "'%s' stands twice in the word list (the line feed is always there)",
          word);
    }
    Vocabulary.requireSpecials(specials, bos, eos, unknown);
  }

  /** A vocabulary without beginning, end and unknown token. */
  public static WordVocabulary of(List<String> specials, List<String> words) {
    return new WordVocabulary(specials, words, "", "", "");
  }

  /** The words and marks of these texts, in the order in which they first occur. */
  public static List<String> wordsOf(Iterable<String> texts) {
    Set<String> words = new LinkedHashSet<>();
    texts.forEach(text -> words.addAll(WordTokenizer.pieces(text)));
    words.remove(WordTokenizer.LINE_FEED);
    return new ArrayList<>(words);
  }
}
