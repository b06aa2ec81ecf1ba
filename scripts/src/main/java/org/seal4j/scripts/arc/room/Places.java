package org.seal4j.scripts.arc.room;

import java.util.Arrays;
import java.util.List;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.grid.EditTokens;
import org.seal4j.rl.grid.FewShotEdit;

/** The choices of a self-edit by their places, in words. */
record Places(EditTokens tokens) {
  /** How many choices there are. */
  int count() {
    return tokens.length();
  }

  /** The name of a choice, such as {@code lr}. */
  String name(int place) {
    String word = word(tokens.allowed(place)[0]);
    return word.substring(0, word.indexOf('='));
  }

  /** Its values, such as {@code 0.003}. */
  List<String> values(int place) {
    return Arrays.stream(tokens.allowed(place))
        .mapToObj(this::word)
        .map(word -> word.substring(word.indexOf('=') + 1))
        .toList();
  }

  private String word(int symbol) {
    return tokens.names().get(symbol);
  }

  /** Which value of each choice an edit has, by index. */
  int[] of(FewShotEdit edit) {
    int[] symbols = tokens.encode(edit);
    int[] values = new int[symbols.length];
    Arrays.setAll(values, place -> symbols[place] - tokens.allowed(place)[0]);
    return values;
  }

  /** The same of what a policy wrote; of a valid edit. */
  int[] of(EditRow row) {
    String[] words = row.draft().raw().split(" ", -1);
    int[] values = new int[words.length];
    Arrays.setAll(values, place -> tokens.names().indexOf(words[place]) - tokens.allowed(place)[0]);
    return values;
  }

  /** An edit in short: the tools that are on, then the other choices. */
  String words(FewShotEdit edit) {
    StringBuilder words = new StringBuilder();
    for (int symbol : tokens.encode(edit)) {
      String word = word(symbol);
      if (!word.endsWith("=0")) {
        String text = word.endsWith("=1") && !word.startsWith("epochs") ? cut(word) : word;
        words.append(words.length() == 0 ? "" : " ").append(text);
      }
    }
    return words.toString();
  }

  private static String cut(String word) {
    return word.substring(0, word.length() - 2);
  }
}
