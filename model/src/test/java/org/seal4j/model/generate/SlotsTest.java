package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.kernel.CacheBlocks;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.testing.TinyModels;

/** Ended answers leave, and the others move together with their rows of the cache. */
class SlotsTest {
  private static final Seeds SEEDS = TinyModels.seeds("slots");
  private static final ModelConfig CONFIG =
      new ModelConfig(19, 16, 2, 4, 2, 4, 24, 1e-5, 10000, false, false, false, 0);
  private static final int CAPACITY = 64;
  private static final int WIDTH = 8;
  private static final CacheBlocks BLOCKS = CacheBlocks.of(CONFIG.attention());

  private static List<List<Answer>> answers(int... perGroup) {
    Rng rng = SEEDS.child("answers").rng();
    List<List<Answer>> groups = new ArrayList<>();
    int index = 0;
    for (int count : perGroup) {
      List<Answer> group = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        TokenSequence text = TinyModels.sequence(CONFIG, rng.between(2, 40), rng);
        group.add(new Answer(index++, Prompt.of(text, SEEDS), CONFIG, 0));
      }
      groups.add(group);
    }
    return groups;
  }

  private static void end(Answer answer) {
    answer.write(
        new float[CONFIG.vocabSize()], new TokenChooser(Sampling.mostLikely()), StopRule.after(1));
  }

  /** Marks every cached number with answer, layer, side, token and place. */
  private static void mark(Slots slots, KvCache cache) {
    for (int r = 0; r < slots.rows(); r++) {
      Answer answer = slots.at(r);
      for (int side = 0; answer != null && side < 4; side++) {
        for (int t = 0; t < answer.cached(); t++) {
          for (int w = 0; w < WIDTH; w++) {
            side(cache, side).put(place(side, r, t, w), number(answer, side, t, w));
          }
        }
      }
    }
  }

  private static FloatBuffer side(KvCache cache, int side) {
    CacheSide memory = cache.side(side);
    return memory instanceof CacheSide.Heap heap
        ? FloatBuffer.wrap(heap.memory())
        : Tensors.of(((CacheSide.Device) memory).memory()).f();
  }

  private static int place(int side, int row, int token, int place) {
    int head = place / BLOCKS.size();
    int d = place % BLOCKS.size();
    return row * CAPACITY * WIDTH
        + (side % 2 == 0
            ? BLOCKS.key(token, head) + d * CacheBlocks.TOKENS
            : BLOCKS.value(token, head) + d);
  }

  private static float number(Answer answer, int side, int token, int place) {
    return answer.index() * 10000 + side * 1000 + token * 10 + place;
  }

  private static void check(Slots slots, KvCache cache, BitSet expected, int perGroup) {
    BitSet found = new BitSet();
    for (int r = 0; r < slots.rows(); r++) {
      Answer answer = slots.at(r);
      if (answer != null) {
        found.set(answer.index());
        assertThat(r / perGroup).isEqualTo(answer.index() < 20 ? 0 : 1);
        for (int side = 0; side < 4; side++) {
          for (int t = 0; t < answer.cached(); t++) {
            assertThat(side(cache, side).get(place(side, r, t, 7)))
                .isEqualTo(number(answer, side, t, 7));
          }
        }
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void a_half_empty_batch_shrinks_and_every_row_keeps_its_cache(Engine engine) {
    List<List<Answer>> groups = answers(20, 13);
    try (KvCache cache = new KvCache(CONFIG, engine)) {
      Slots slots = new Slots(groups);
      assertThat(slots.rows()).isEqualTo(48); // 24 for 20 and 13
      cache.reserve(slots.rows(), CAPACITY);
      mark(slots, cache);
      BitSet left = new BitSet();
      left.set(0, 33);
      Rng rng = SEEDS.child("ends").rng();
      int[] order = rng.permutation(33);
      int last = slots.rows();
      for (int index : order) {
        end(groups.get(index < 20 ? 0 : 1).get(index < 20 ? index : index - 20));
        left.clear(index);
        slots.dropEnded();
        slots.compact(cache, CAPACITY);
        check(slots, cache, left, slots.rows() / 2);
        assertThat(slots.rows()).isLessThanOrEqualTo(last);
        assertThat(slots.occupied()).isEqualTo(!left.isEmpty());
        last = slots.rows();
      }
      assertThat(last).isEqualTo(2);
    }
  }
}
