package org.seal4j.data.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds added tokens in a text: the leftmost first, the longest of those that start there. */
final class AddedTokens {
  private static final Pattern WORD = Pattern.compile("\\w", Pattern.UNICODE_CHARACTER_CLASS);

  private final Map<Character, List<Spelled>> byFirst = new HashMap<>();

  /** An added token and how it is looked for. */
  private record Spelled(AddedToken token, String spelling) {}

  /** Looks for these tokens, whose spelling is rewritten first. */
  AddedTokens(List<AddedToken> tokens, UnaryOperator<String> spelling) {
    for (AddedToken token : tokens) {
      String spelled = spelling.apply(token.content());
      if (!spelled.isEmpty()) {
        byFirst
            .computeIfAbsent(spelled.charAt(0), c -> new ArrayList<>())
            .add(new Spelled(token, spelled));
      }
    }
    Comparator<Spelled> longestFirst = Comparator.comparingInt(one -> -one.spelling().length());
    byFirst.values().forEach(list -> list.sort(longestFirst));
  }

  /** Hands on the ids of tokens and the text between them, in their order. */
  void cut(String text, PreTokenizer.Parts between, IntConsumer ids) {
    int done = 0;
    int at = 0;
    while (at < text.length()) {
      Spelled found = byFirst.isEmpty() ? null : at(text, at);
      if (found == null) {
        at = byFirst.isEmpty() ? text.length() : at + 1;
        continue;
      }
      int start = at;
      int end = at + found.spelling().length();
      at = end;
      AddedToken token = found.token();
      if (token.singleWord() && !isAlone(text, start, end)) {
        continue;
      }
      while (token.leftStrip() && start > done && Normalizers.isWhite(text.charAt(start - 1))) {
        start--;
      }
      while (token.rightStrip() && end < text.length() && Normalizers.isWhite(text.charAt(end))) {
        end++;
      }
      if (start > done) {
        between.accept(text.substring(done, start), done == 0);
      }
      ids.accept(token.id());
      done = end;
      at = Math.max(at, end);
    }
    if (done < text.length()) {
      between.accept(done == 0 ? text : text.substring(done), done == 0);
    }
  }

  private @Nullable Spelled at(String text, int at) {
    for (Spelled one : byFirst.getOrDefault(text.charAt(at), List.of())) {
      if (text.startsWith(one.spelling(), at)) {
        return one;
      }
    }
    return null;
  }

  private static boolean isAlone(String text, int start, int end) {
    return (start == 0 || !isWord(text.codePointBefore(start)))
        && (end == text.length() || !isWord(text.codePointAt(end)));
  }

  private static boolean isWord(int character) {
    return WORD.matcher(Character.toString(character)).matches();
  }
}
