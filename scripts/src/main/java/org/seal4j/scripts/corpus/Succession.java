package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.List;

/**
 * One sequence of passages in one method.
 *
 * @param method how they are taken in
 * @param number of the sequence, from 0; the first is as long as the largest corpus
 * @param first place of its first passage in the order of the run
 * @param length number of passages
 */
record Succession(SequenceMethod method, int number, int first, int length) {

  /** All of a recipe: sequence by sequence for each method. */
  static List<Succession> of(CorpusKeys recipe) {
    List<Succession> all = new ArrayList<>();
    int each = recipe.sequence().passages();
    for (SequenceMethod method : recipe.compared(SequenceMethod.class)) {
      for (int number = 0; number < recipe.sequence().count(); number++) {
        int length = number == 0 ? Math.max(each, recipe.corpus().largest()) : each;
        all.add(new Succession(method, number, number * each, length));
      }
    }
    return all;
  }

  /** Passages that the sequences of a recipe reach to. */
  static int reach(CorpusKeys recipe) {
    return of(recipe).stream().mapToInt(one -> one.first + one.length).max().orElse(0);
  }

  /** Its passages, of those of the run. */
  <T> List<T> own(List<T> all) {
    return all.subList(first, first + length);
  }

  /** As files call it. */
  String file() {
    return method.name().replace(' ', '-') + "-" + (number + 1);
  }

  /** What the weights are called that so many of its passages were merged into. */
  String weights(int passages) {
    return passages == 0
        ? ""
        : "%s, sequence %d, %d merged".formatted(method.name(), number + 1, passages);
  }
}
