package org.seal4j.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class MergesTest {
  private static final long SEED = Long.getLong("seal.test.seed", 4);

  /** The rule itself: always the lowest rank, the leftmost of equals. */
  private static List<Integer> plainly(List<Integer> word, Map<List<Integer>, int[]> merges) {
    List<Integer> symbols = new ArrayList<>(word);
    while (true) {
      int best = -1;
      for (int i = 0; i + 1 < symbols.size(); i++) {
        int[] merge = merges.get(symbols.subList(i, i + 2));
        if (merge != null
            && (best < 0 || merge[0] < merges.get(symbols.subList(best, best + 2))[0])) {
          best = i;
        }
      }
      if (best < 0) {
        return symbols;
      }
      int joined = merges.get(symbols.subList(best, best + 2))[1];
      symbols.remove(best + 1);
      symbols.set(best, joined);
    }
  }

  @Test
  void short_and_long_words_are_merged_by_the_plain_rule() {
    for (int run = 0; run < 300; run++) {
      Rng rng = Seeds.of(SEED).child("merges", run).rng();
      int letters = rng.between(2, 5);
      boolean ties = rng.nextBoolean();
      Map<List<Integer>, int[]> rules = new HashMap<>();
      Merges merges = new Merges(4);
      for (int rank = 0; rank < 30; rank++) {
        int next = letters + rank;
        List<Integer> pair = List.of(rng.nextInt(next), rng.nextInt(next));
        int shown = ties ? rank / 3 : rank;
        if (rules.putIfAbsent(pair, new int[] {shown, next}) == null) {
          merges.add(pair.get(0), pair.get(1), shown, next);
        }
      }
      int[] word = new int[rng.pick(List.of(0, 1, 2, 5, 20, 64, 65, 200, 500))];
      List<Integer> list = new ArrayList<>();
      for (int i = 0; i < word.length; i++) {
        word[i] = rng.nextInt(letters);
        list.add(word[i]);
      }
      int n = merges.apply(word, word.length);
      assertThat(Arrays.stream(word, 0, n).boxed().toList())
          .as("-Dseal.test.seed=%d, run %d", SEED, run)
          .isEqualTo(plainly(list, rules));
    }
  }

  @Test
  void of_a_pair_given_twice_the_last_rank_counts() {
    Merges merges = new Merges(1);
    merges.add(1, 2, 0, 3);
    merges.add(1, 2, 1, 4);
    int[] word = {1, 2};
    assertThat(merges.apply(word, 2)).isEqualTo(1);
    assertThat(word[0]).isEqualTo(4);
    int[] turned = {2, 1};
    assertThat(merges.apply(turned, 2)).isEqualTo(2);
  }
}
