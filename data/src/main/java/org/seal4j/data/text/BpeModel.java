package org.seal4j.data.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.seal4j.data.check.Checks;

/**
 * Byte-pair encoding of one piece: its characters are the first symbols, then {@link Merges} joins
 * them. A character outside the vocabulary becomes its UTF-8 bytes (with byte fallback) or the
 * unknown token.
 */
final class BpeModel implements SubwordModel {
  private static final int MISSING = -1;

  private final Vocabulary vocabulary;
  private final Merges merges;
  private final Options options;
  private final int unknown;
  private final int[] basic = new int[Character.MAX_VALUE + 1];
  private final int[] bytes = new int[256];

  /**
   * Settings of a model, named as in {@code tokenizer.json}.
   *
   * @param unknown {@code unk_token}, empty for none
   * @param prefix {@code continuing_subword_prefix} of all symbols of a piece but the first
   * @param suffix {@code end_of_word_suffix} of the last symbol of a piece
   * @param fuseUnknown {@code fuse_unk}: unknown characters side by side make one token
   * @param byteFallback {@code byte_fallback}: unknown characters become tokens of their bytes
   * @param ignoreMerges {@code ignore_merges}: a piece that is a token stays whole
   */
  record Options(
      String unknown,
      String prefix,
      String suffix,
      boolean fuseUnknown,
      boolean byteFallback,
      boolean ignoreMerges) {

    Options {
      Checks.require(
          !byteFallback || (prefix.isEmpty() && suffix.isEmpty()),
          "byte_fallback with continuing_subword_prefix or end_of_word_suffix is not supported");
    }

    boolean isPlain() {
      return prefix.isEmpty() && suffix.isEmpty();
    }
  }

  BpeModel(Vocabulary vocabulary, Merges merges, Options options) {
    this.vocabulary = vocabulary;
    this.merges = merges;
    this.options = options;
    unknown = options.unknown().isEmpty() ? MISSING : vocabulary.idOr(options.unknown());
    for (int c = 0; c < basic.length; c++) {
      basic[c] = vocabulary.idOr(Character.toString(c));
    }
    for (int b = 0; b < bytes.length; b++) {
      bytes[b] = options.byteFallback() ? vocabulary.idOr(byteToken(b)) : MISSING;
    }
  }

  /** How vocabularies spell a byte. */
  static String byteToken(int b) {
    return String.format(Locale.ROOT, "<0x%02X>", b);
  }

  @Override
  public void encode(String piece, IntList ids) {
    if (options.ignoreMerges() && vocabulary.idOr(piece) != MISSING) {
      ids.add(vocabulary.idOr(piece));
      return;
    }
    int[] symbols = new int[piece.length() * (options.byteFallback() ? 3 : 1)];
    int count = merges.apply(symbols, symbols(piece, symbols));
    for (int i = 0; i < count; i++) {
      ids.add(symbols[i]);
    }
  }

  /**
   * The first symbols. An unknown token stands behind the bytes of the characters that follow it,
   * as in Hugging Face's library, which holds it back for the next character with a token.
   */
  private int symbols(String piece, int[] symbols) {
    int n = 0;
    boolean held = false;
    int at = 0;
    while (at < piece.length()) {
      int character = piece.codePointAt(at);
      int end = at + Character.charCount(character);
      int id = options.isPlain() ? idOf(character) : vocabulary.idOr(affixed(piece, at, end));
      int known = id == MISSING ? byteSymbols(piece.substring(at, end), symbols, n) : n;
      if (known == n) {
        if (held && (id != MISSING || !options.fuseUnknown())) {
          symbols[n++] = unknown;
        }
        if (id == MISSING) {
          requireUnknown(piece, at);
        } else {
          symbols[n++] = id;
        }
        held = id == MISSING;
      } else {
        n = known;
      }
      at = end;
    }
    if (held) {
      symbols[n++] = unknown;
    }
    return n;
  }

  private int idOf(int character) {
    return character <= Character.MAX_VALUE
        ? basic[character]
        : vocabulary.idOr(Character.toString(character));
  }

  private String affixed(String piece, int from, int to) {
    return (from == 0 ? "" : options.prefix())
        + piece.substring(from, to)
        + (to == piece.length() ? options.suffix() : "");
  }

  /** Writes the byte tokens of a character if there is one for each; gives the new number. */
  private int byteSymbols(String character, int[] symbols, int from) {
    if (!options.byteFallback()) {
      return from;
    }
    int n = from;
    for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
      if (bytes[b & 0xff] == MISSING) {
        return from;
      }
      symbols[n++] = bytes[b & 0xff];
    }
    return n;
  }

  private void requireUnknown(String piece, int at) {
    Checks.require(
        unknown != MISSING,
        "the vocabulary has no token for the character '%s' (U+%04X) in '%s', and no unknown token",
        Character.toString(piece.codePointAt(at)),
        piece.codePointAt(at),
        piece.length() <= 40 ? piece : piece.substring(0, 40) + "…");
  }
}
