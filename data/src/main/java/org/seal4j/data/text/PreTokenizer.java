package org.seal4j.data.text;

import java.util.List;

/** Cuts a piece of text into smaller ones, and may rewrite them. */
@FunctionalInterface
interface PreTokenizer {
  /** Takes the pieces of a text one after the other. */
  @FunctionalInterface
  interface Parts {
    /** Takes a piece; {@code first}: the whole text starts with it. */
    void accept(String piece, boolean first);
  }

  /** Hands the parts of a piece on, in their order. */
  void split(String piece, boolean first, Parts parts);

  /** Leaves pieces as they are. */
  static PreTokenizer whole() {
    return (piece, first, parts) -> parts.accept(piece, first);
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
    SplitAt blanks =
        new SplitAt(Finder.literal(replacement), SplitAt.Behavior.MERGED_WITH_NEXT, false);
    return cut ? replace.then(blanks) : replace;
  }

  /**
   * One after the other.
   *
   * @throws org.seal4j.data.check.InputException when a piece grows too much
   */
  static PreTokenizer chain(List<PreTokenizer> steps) {
    return steps.stream().reduce(PreTokenizer::then).orElse(whole());
  }

  /** This one, and the next on each of its parts. */
  default PreTokenizer then(PreTokenizer next) {
    return (piece, first, parts) ->
        split(
            piece,
            first,
            (part, start) -> {
              Normalizers.requireRoom(piece.length(), part.length());
              next.split(part, start, parts);
            });
  }
}
