package org.seal4j.data.text;

import java.util.regex.Pattern;

/** The pre-tokenizers that {@code tokenizer.json} names. */
final class PreTokenizers {
  private static final Pattern WORDS = Patterns.compile("\\w+|[^\\w\\s]+", "Whitespace");
  private static final Pattern SPACES = Patterns.compile("\\s+", "WhitespaceSplit");
  private static final Pattern MARK = Patterns.compile("[!-/:-@\\[-`{-~\\p{P}]", "Punctuation");
  private static final Pattern NUMBER = Patterns.compile("\\p{N}", "Digits");

  private PreTokenizers() {}

  /** Words and runs of marks; white space is dropped. */
  static PreTokenizer whitespace() {
    return new SplitAt(WORDS, SplitBehavior.REMOVED, true);
  }

  /** Cuts at white space, which is dropped. */
  static PreTokenizer whitespaceSplit() {
    return new SplitAt(SPACES, SplitBehavior.REMOVED, false);
  }

  /** Cuts at each punctuation mark. */
  static PreTokenizer punctuation(SplitBehavior behavior) {
    return new SplitAt(MARK, behavior, false);
  }

  /** Cuts digits off, each for itself or in runs. */
  static PreTokenizer digits(boolean individual) {
    return new SplitAt(
        NUMBER, individual ? SplitBehavior.ISOLATED : SplitBehavior.CONTIGUOUS, false);
  }

  /** Puts a blank before a piece that does not start with one. */
  static PreTokenizer prefixSpace() {
    return (piece, first, parts) ->
        parts.accept(piece.startsWith(" ") ? piece : " " + piece, first);
  }

  /** Writes the bytes of pieces in {@link ByteAlphabet}. */
  static PreTokenizer bytes() {
    return (piece, first, parts) -> parts.accept(ByteAlphabet.write(piece), first);
  }

  /**
   * Blanks become the replacement, and one more is put before pieces that do not start with it.
   *
   * @param everywhere before each piece
   * @param atStart before the piece that the text starts with
   * @param cut cut before each replacement
   */
  static PreTokenizer metaspace(
      String replacement, boolean everywhere, boolean atStart, boolean cut) {
    PreTokenizer replace =
        (piece, first, parts) -> {
          String written = piece.replace(" ", replacement);
          boolean prefix = (everywhere || (atStart && first)) && !written.startsWith(replacement);
          parts.accept(prefix ? replacement + written : written, first);
        };
    return cut
        ? replace.then(
            new SplitAt(Patterns.literal(replacement), SplitBehavior.MERGED_WITH_NEXT, false))
        : replace;
  }
}
