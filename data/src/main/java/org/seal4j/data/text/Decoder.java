package org.seal4j.data.text;

import java.util.List;

/** Makes text of tokens, in steps: each rewrites the list, the end joins it. */
@FunctionalInterface
interface Decoder {
  /** The list that takes the place of these tokens. */
  List<String> apply(List<String> tokens);

  /** One after the other. */
  static Decoder chain(List<Decoder> steps) {
    return tokens -> {
      List<String> now = tokens;
      for (Decoder step : steps) {
        now = step.apply(now);
      }
      return now;
    };
  }
}
