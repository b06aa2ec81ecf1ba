package org.seal4j.data.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;

/**
 * One token per word, punctuation mark and line feed of a closed vocabulary: the tokenizer of
 * invented worlds, where a model has few words to learn.
 *
 * <p>A word is a run of letters and digits; apostrophes, hyphens and underscores may stand inside
 * it, and points, commas and colons inside numbers. Any other character that is not white space is
 * a mark of its own. White space other than the line feed only separates.
 *
 * <p>{@code decode(encode(text))} is the text itself if it is canonical: words and marks known, one
 * blank before a word or opening bracket, none before other marks, after an opening bracket, at
 * line feeds and at both ends. Other text comes back in its canonical form.
 */
public final class WordTokenizer implements Tokenizer {
  static final String LINE_FEED = "\n";

  private static final Pattern PIECE =
      Pattern.compile(
          "\n"
              + "|[\\p{L}\\p{M}\\p{N}]+(?:(?:['’_-]|(?<=\\p{N})[.,:](?=\\p{N}))[\\p{L}\\p{M}\\p{N}]+)*|\\S",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final WordVocabulary vocabulary;
  private final List<String> tokens;
  private final Map<String, Integer> ids = new HashMap<>();

  /** The tokenizer of this vocabulary. */
  public WordTokenizer(WordVocabulary vocabulary) {
    this.vocabulary = vocabulary;
    List<String> all = new ArrayList<>(vocabulary.specials());
    all.add(LINE_FEED);
    all.addAll(vocabulary.words());
    tokens = List.copyOf(all);
    for (int id = 0; id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
  }

  /** The words, marks and line feeds of a text, in their order. */
  public static List<String> pieces(String text) {
    return PIECE.matcher(text).results().map(MatchResult::group).toList();
  }

  /**
   * The ids of the words of a text; special tokens spelled in it are not recognized.
   *
   * @throws org.seal4j.data.check.InputException at a word outside the vocabulary, unless it has an
   *     unknown token
   */
  @Override
  public int[] encode(String text) {
    return pieces(text).stream().mapToInt(piece -> idOf(piece, text)).toArray();
  }

  private int idOf(String piece, String text) {
    Integer id = ids.get(piece);
    if (id != null && id >= vocabulary.specials().size()) {
      return id;
    }
    return Checks.present(
        ids.get(vocabulary.unknown()),
        "the word '%s' in '%s' is not among the %d words of this vocabulary; add it there, or give"
            + " the vocabulary an unknown token",
        piece,
        text.length() <= 80 ? text : text.substring(0, 80) + "…",
        vocabulary.words().size());
  }

  @Override
  public String decode(int[] ids) {
    StringBuilder text = new StringBuilder();
    boolean open = true; // nothing separates what follows from what stands there
    for (int id : ids) {
      Checks.require(
          id >= 0 && id < tokens.size(),
          "token id %d is outside the vocabulary of %d tokens",
          id,
          tokens.size());
      if (id < vocabulary.specials().size()) {
        continue;
      }
      String token = tokens.get(id);
      boolean opening = isOpening(token.codePointAt(0));
      if (!open && (opening || isWord(token.codePointAt(0)))) {
        text.append(' ');
      }
      text.append(token);
      open = opening || token.equals(LINE_FEED);
    }
    return text.toString();
  }

  private static boolean isWord(int first) {
    int type = Character.getType(first);
    return Character.isLetterOrDigit(first)
        || Normalizers.isMark(first)
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  private static boolean isOpening(int first) {
    int type = Character.getType(first);
    return type == Character.START_PUNCTUATION || type == Character.INITIAL_QUOTE_PUNCTUATION;
  }

  @Override
  public int vocabSize() {
    return tokens.size();
  }

  @Override
  public OptionalInt id(String token) {
    Integer id = ids.get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  @Override
  public OptionalInt bos() {
    return id(vocabulary.bos());
  }

  @Override
  public OptionalInt eos() {
    return id(vocabulary.eos());
  }
}
