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
  private final TokenTrie userDefined;

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
    List<Integer> ids = list.ids(PieceList.Type.USER_DEFINED);
    userDefined = new TokenTrie(ids.size());
    ids.forEach(id -> userDefined.put(list.pieces().get(id).text(), id));
  }

  @Override
  public String apply(String text) {
    StringBuilder result = new StringBuilder(text.length() + 1);
    CharacterMap map = rules.characters();
    byte[] utf8 = map == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    int byteAt = 0;
    for (int at = 0; at < text.length(); ) {
      int user = userDefined.longest(text, at);
      long found = user >= 0 || map == null ? 0 : map.longest(utf8, byteAt);
      String taken = Character.toString(text.codePointAt(at));
      if (user >= 0) {
        taken = list.pieces().get(user).text();
      } else if (found != 0) {
        taken = new String(utf8, byteAt, (int) (found >>> 32), StandardCharsets.UTF_8);
      }
      Normalizers.requireRoom(text.length(), result.length());
      append(result, map == null || found == 0 ? taken : map.text((int) found));
      at += taken.length();
      byteAt += map == null ? 0 : taken.getBytes(StandardCharsets.UTF_8).length;
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

  /** Adds what was rewritten as a whole, without the blanks that would be extra there. */
  private void append(StringBuilder result, String part) {
    int from = 0;
    boolean extra =
        rules.removeExtra() && (result.isEmpty() || result.charAt(result.length() - 1) == ' ');
    while (extra && from < part.length() && part.charAt(from) == ' ') {
      from++;
    }
    result.append(part, from, part.length());
  }
}
