package org.seal4j.data.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The decoders that {@code tokenizer.json} names. */
final class Decoders {
  private static final Pattern BYTE = Pattern.compile("<0x[0-9A-Fa-f]{2}>");
  private static final String REPLACEMENT = "\uFFFD";

  /** Blanks that the decoder of WordPiece takes away, or puts another way. */
  private static final String[] CLEANUP = {
    " .", ".", " ?", "?", " !", "!", " ,", ",", " ' ", "'", " n't", "n't", " 'm", "'m", " do not",
    " don't", " 's", "'s", " 've", "'ve", " 're", "'re"
  };

  private Decoders() {}

  /** Tokens of {@link ByteAlphabet} as UTF-8 text; broken characters become U+FFFD. */
  static List<String> byteLevel(List<String> tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    tokens.forEach(token -> bytes.writeBytes(ByteAlphabet.read(token)));
    return List.of(bytes.toString(StandardCharsets.UTF_8));
  }

  /** Runs of tokens like {@code <0x0A>} as UTF-8 text; of a broken run each byte is U+FFFD. */
  static List<String> byteFallback(List<String> tokens) {
    List<String> decoded = new ArrayList<>(tokens.size());
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    for (String token : tokens) {
      if (isByte(token)) {
        run.write(HexFormat.fromHexDigits(token, 3, 5));
      } else {
        flush(run, decoded);
        decoded.add(token);
      }
    }
    flush(run, decoded);
    return decoded;
  }

  static boolean isByte(String token) {
    return token.length() == 6 && token.charAt(0) == '<' && BYTE.matcher(token).matches();
  }

  private static void flush(ByteArrayOutputStream run, List<String> decoded) {
    if (run.size() > 0) {
      decoded.add(strictly(run.toByteArray()));
      run.reset();
    }
  }

  private static String strictly(byte[] run) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(run)).toString();
    } catch (CharacterCodingException e) {
      return REPLACEMENT.repeat(run.length);
    }
  }

  /**
   * One after the other.
   *
   * @throws org.seal4j.data.check.InputException when the text grows too much
   */
  static UnaryOperator<List<String>> chain(List<UnaryOperator<List<String>>> steps) {
    return tokens -> {
      List<String> now = tokens;
      for (UnaryOperator<List<String>> step : steps) {
        now = step.apply(now);
        Normalizers.requireRoom(length(tokens), length(now));
      }
      return now;
    };
  }

  private static int length(List<String> tokens) {
    return (int) Math.min(Integer.MAX_VALUE, tokens.stream().mapToLong(String::length).sum());
  }

  /** All tokens as one. */
  static List<String> fuse(List<String> tokens) {
    return List.of(String.join("", tokens));
  }

  /** Rewrites each token. */
  static UnaryOperator<List<String>> each(UnaryOperator<String> rewrite) {
    return tokens -> tokens.stream().map(rewrite).toList();
  }

  /** Takes up to so many of this character away from the start and the end of each token. */
  static UnaryOperator<List<String>> strip(String character, int start, int stop) {
    return each(
        token -> {
          String rest = token;
          for (int i = 0; i < start && rest.startsWith(character); i++) {
            rest = rest.substring(character.length());
          }
          for (int i = 0; i < stop && rest.endsWith(character); i++) {
            rest = rest.substring(0, rest.length() - character.length());
          }
          return rest;
        });
  }

  /** Blanks for the replacement; none for the one that the first token starts with. */
  static UnaryOperator<List<String>> metaspace(String replacement, boolean prefixed) {
    return indexed((index, token) -> token.replace(replacement, index == 0 && prefixed ? "" : " "));
  }

  /** Words apart by blanks, and tokens with the prefix put to the word before. */
  static UnaryOperator<List<String>> wordPiece(String prefix, boolean cleanup) {
    return indexed(
        (index, token) -> {
          String rest = token.startsWith(prefix) ? token.substring(prefix.length()) : " " + token;
          String word = index == 0 ? token : rest;
          return cleanup ? cleaned(word) : word;
        });
  }

  /** A blank for the suffix that ends words, none at the very end. */
  static UnaryOperator<List<String>> bpe(String suffix) {
    return tokens ->
        indexed((index, token) -> token.replace(suffix, index == tokens.size() - 1 ? "" : " "))
            .apply(tokens);
  }

  private static String cleaned(String word) {
    String clean = word;
    for (int i = 0; i < CLEANUP.length; i += 2) {
      clean = clean.replace(CLEANUP[i], CLEANUP[i + 1]);
    }
    return clean;
  }

  private static UnaryOperator<List<String>> indexed(BiFunction<Integer, String, String> rewrite) {
    return tokens -> {
      List<String> decoded = new ArrayList<>(tokens.size());
      for (String token : tokens) {
        decoded.add(rewrite.apply(decoded.size(), token));
      }
      return decoded;
    };
  }
}
