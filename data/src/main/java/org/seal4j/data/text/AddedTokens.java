package org.seal4j.data.text;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Finds added tokens in a text: the leftmost first, the longest of those that start there. */
final class AddedTokens {
  private static final Pattern WORD = Pattern.compile("\\w", Pattern.UNICODE_CHARACTER_CLASS);

  private final List<AddedToken> tokens;
  private final List<String> spellings;
  private final TokenTrie trie;

  /** Looks for these tokens, whose spelling is rewritten first. */
  AddedTokens(List<AddedToken> tokens, UnaryOperator<String> spelling) {
    this.tokens = List.copyOf(tokens);
    spellings = tokens.stream().map(token -> spelling.apply(token.content())).toList();
    trie = new TokenTrie(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      if (!spellings.get(i).isEmpty()) {
        trie.put(spellings.get(i), i);
      }
    }
  }

  /** Hands on the ids of tokens and the text between them, in their order. */
  void cut(String text, PreTokenizer.Parts between, IntConsumer ids) {
    int done = 0;
    int at = 0;
    while (at < text.length()) {
      int found = tokens.isEmpty() ? TokenTrie.NONE : trie.longest(text, at);
      if (found == TokenTrie.NONE) {
        at = tokens.isEmpty() ? text.length() : at + 1;
        continue;
      }
      int start = at;
      int end = at + spellings.get(found).length();
      at = end;
      AddedToken token = tokens.get(found);
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

  private static boolean isAlone(String text, int start, int end) {
    return (start == 0 || !isWord(text.codePointBefore(start)))
        && (end == text.length() || !isWord(text.codePointAt(end)));
  }

  private static boolean isWord(int character) {
    return WORD.matcher(Character.toString(character)).matches();
  }
}
