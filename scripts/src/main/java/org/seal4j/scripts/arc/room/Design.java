package org.seal4j.scripts.arc.room;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.grid.EditTokens;
import org.seal4j.rl.grid.FewShotEdit;

/**
 * A few configurations of test-time training that stand for all. Drawn as a Latin hypercube (McKay,
 * Beckman and Conover 1979): over the configurations each choice has each of its values equally
 * often, as far as they divide, so that every value's mean is known equally well.
 *
 * @param configurations different ones; the first is the gate's
 */
record Design(List<FewShotEdit> configurations) {
  private static final int DRAWS = 1000;

  Design {
    configurations = List.copyOf(configurations);
  }

  /**
   * Draws.
   *
   * @param size how many; all that can be afforded where there are no more
   * @param fixed the first
   * @param affordable whether every task can afford an edit
   */
  static Design draw(
      EditTokens tokens,
      int size,
      FewShotEdit fixed,
      Predicate<FewShotEdit> affordable,
      Seeds seeds) {
    Set<FewShotEdit> chosen = new LinkedHashSet<>(List.of(fixed));
    if (count(tokens) <= size) {
      all(tokens).stream().filter(affordable).forEach(chosen::add);
      return new Design(List.copyOf(chosen));
    }
    Rng rng = seeds.child("edit").rng();
    int[][] columns = new int[tokens.length()][];
    for (int place = 0; place < columns.length; place++) {
      columns[place] = column(tokens.allowed(place), size, rng);
    }
    for (int i = 1; i < size; i++) {
      int[] symbols = new int[columns.length];
      for (int place = 0; place < columns.length; place++) {
        symbols[place] = columns[place][i];
      }
      FewShotEdit edit = edit(tokens, symbols);
      for (int draw = 0; chosen.contains(edit) || !affordable.test(edit); draw++) {
        Checks.require(
            draw < DRAWS,
            "no %d different configurations were found that all tasks can afford; lower"
                + " room.configurations or raise trainingSet.maxSteps",
            size);
        for (int place = 0; place < symbols.length; place++) {
          int[] allowed = tokens.allowed(place);
          symbols[place] = allowed[rng.nextInt(allowed.length)];
        }
        edit = edit(tokens, symbols);
      }
      chosen.add(edit);
    }
    return new Design(List.copyOf(chosen));
  }

  /** Each symbol as often as any other, but for the rest of the division, in an order by chance. */
  private static int[] column(int[] symbols, int size, Rng rng) {
    List<Integer> column = new ArrayList<>();
    int[] order = rng.permutation(symbols.length);
    for (int i = 0; i < size; i++) {
      column.add(symbols[order[i % symbols.length]]);
    }
    rng.shuffle(column);
    return column.stream().mapToInt(Integer::intValue).toArray();
  }

  private static long count(EditTokens tokens) {
    long count = 1;
    for (int place = 0; place < tokens.length(); place++) {
      count *= tokens.allowed(place).length;
    }
    return count;
  }

  private static List<FewShotEdit> all(EditTokens tokens) {
    List<int[]> some = new ArrayList<>(List.of(new int[tokens.length()]));
    for (int place = 0; place < tokens.length(); place++) {
      List<int[]> longer = new ArrayList<>();
      for (int[] begun : some) {
        for (int symbol : tokens.allowed(place)) {
          int[] next = begun.clone();
          next[place] = symbol;
          longer.add(next);
        }
      }
      some = longer;
    }
    return some.stream().map(symbols -> edit(tokens, symbols)).toList();
  }

  private static FewShotEdit edit(EditTokens tokens, int[] symbols) {
    if (tokens.decode(symbols) instanceof ParsedEdit.Valid<FewShotEdit> valid) {
      return valid.edit();
    }
    throw new IllegalStateException("symbols of their places make no edit");
  }
}
