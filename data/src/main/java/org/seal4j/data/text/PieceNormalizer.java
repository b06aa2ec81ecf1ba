package org.seal4j.data.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How SentencePiece rewrites a text before it looks for pieces: characters by a table, runs of
 * blanks to one, a blank put before the text, and U+2581 for every blank.
 */
final class PieceNormalizer implements UnaryOperator<String> {
  private final Rules rules;
  private final PieceList list;
  private final List<Integer> userDefined;

  /**
   * What a model asks for.
   *
   * @param characters table of characters, if there is one
   * @param dummyPrefix a blank is put before the text
   * @param removeExtra blanks at both ends go, runs of blanks become one
   * @param escape blanks become U+2581
   * @param atEnd the extra blank is put after the text
   */
  record Rules(
      @Nullable CharacterMap characters,
      boolean dummyPrefix,
      boolean removeExtra,
      boolean escape,
      boolean atEnd) {}

  PieceNormalizer(Rules rules, PieceList list) {
    this.rules = rules;
    this.list = list;
    userDefined = list.ids(PieceType.USER_DEFINED);
  }

  @Override
  public String apply(String text) {
    StringBuilder result = new StringBuilder(text.length() + 1);
    boolean afterBlank = rules.removeExtra();
    Walk walk = new Walk(text);
    while (walk.step()) {
      String part = walk.part;
      int from = 0;
      while (afterBlank && from < part.length() && part.charAt(from) == ' ') {
        from++;
      }
      if (from < part.length()) {
        result.append(part, from, part.length());
        afterBlank = rules.removeExtra() && part.endsWith(" ");
      }
    }
    int end = result.length();
    while (rules.removeExtra() && end > 0 && result.charAt(end - 1) == ' ') {
      end--;
    }
    result.setLength(end);
    if (result.length() > 0 && rules.dummyPrefix()) {
      result.insert(rules.atEnd() ? result.length() : 0, ' ');
    }
    String whole = result.toString();
    return rules.escape() ? whole.replace(" ", PieceList.BLANK) : whole;
  }

  /** Steps through a text by what is rewritten as a whole. */
  private final class Walk {
    private final String text;
    private final byte[] utf8;
    private int at;
    private int byteAt;
    private String part = "";

    Walk(String text) {
      this.text = text;
      utf8 = rules.characters() == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    boolean step() {
      if (at >= text.length()) {
        return false;
      }
      int user = list.longestAt(text, at, userDefined);
      CharacterMap map = rules.characters();
      long found = user >= 0 || map == null ? 0 : map.longest(utf8, byteAt);
      if (user >= 0) {
        part = list.pieces().get(user).text();
        advance(part.length());
      } else if (map != null && found != 0) {
        part = map.text((int) found);
        advance(new String(utf8, byteAt, (int) (found >>> 32), StandardCharsets.UTF_8).length());
      } else {
        part = Character.toString(text.codePointAt(at));
        advance(part.length());
      }
      return true;
    }

    private void advance(int characters) {
      if (rules.characters() != null) {
        byteAt += text.substring(at, at + characters).getBytes(StandardCharsets.UTF_8).length;
      }
      at += characters;
    }
  }
}
