package org.seal4j.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class CrewTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20260101L);

  @Test
  @Timeout(120)
  void every_part_is_done_once_however_often_it_is_asked() {
    try (Crew crew = new Crew(4)) {
      Scratch own = new Scratch(crew);
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      for (int round = 0; round < 20_000; round++) {
        int parts = 1 + round % 9;
        AtomicIntegerArray done = new AtomicIntegerArray(parts);
        crew.run(
            parts,
            own,
            (part, scratch) -> {
              done.incrementAndGet(part);
              threads.add(Thread.currentThread());
              assertThat(scratch.floats(0, 8)).hasSizeGreaterThanOrEqualTo(8);
            });
        for (int part = 0; part < parts; part++) {
          assertThat(done.get(part)).isOne();
        }
      }
      assertThat(threads).contains(Thread.currentThread());
    }
  }

  @Test
  @Timeout(120)
  void threads_that_sleep_are_woken() throws Exception {
    try (Crew crew = new Crew(2)) {
      Scratch own = new Scratch(crew);
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      for (int round = 0; threads.size() < 2; round++) {
        Thread.sleep(2); // longer than they look for work
        crew.run(
            2,
            own,
            (part, scratch) -> {
              threads.add(Thread.currentThread());
              long until = System.nanoTime() + 2_000_000;
              while (System.nanoTime() - until < 0) {
                Thread.onSpinWait();
              }
            });
        assertThat(round).as("rounds without help").isLessThan(5000);
      }
    }
  }

  @Test
  void a_failure_of_any_part_reaches_the_caller_and_the_next_parts_are_done() {
    try (Crew crew = new Crew(3)) {
      Scratch own = new Scratch(crew);
      for (int round = 0; round < 50; round++) {
        int spoiled = round % 6;
        assertThatThrownBy(
                () ->
                    crew.run(
                        6,
                        own,
                        (part, scratch) -> {
                          if (part == spoiled) {
                            throw new IllegalStateException("part " + part);
                          }
                        }))
            .hasMessage("part " + spoiled);
        crew.run(6, own, (part, scratch) -> {});
        assertThatThrownBy(
                () ->
                    crew.run(
                        6,
                        own,
                        (part, scratch) -> {
                          if (part == spoiled) {
                            throw new StackOverflowError("part " + part);
                          }
                        }))
            .isInstanceOf(StackOverflowError.class);
      }
    }
    assertThatThrownBy(() -> new Crew(0)).isInstanceOf(InputException.class);
  }

  private static Tensor tensor(Rng rng, int rows, int columns) {
    Tensor made =
        new Tensor(
            new long[] {rows, columns},
            ByteBuffer.allocateDirect(4 * rows * columns)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer(),
            null);
    for (int i = 0; i < rows * columns; i++) {
      made.f().put(i, (float) (rng.nextDouble() - 0.5));
    }
    return made;
  }

  private static int[] bits(Kernel kernel, Tensor x, Tensor w, int threads) {
    int m = x.size(0);
    int n = w.size(0);
    Tensor out = tensor(Seeds.of(1).rng(), m, n);
    try (Crew crew = new Crew(threads)) {
      kernel.run(new Tensor[] {x, w}, new Tensor[] {out}, new Scratch(crew));
    }
    float[] values = new float[m * n];
    out.f().get(0, values);
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  @ParameterizedTest
  @CsvSource({"1, 576, 192", "5, 1000, 130", "16, 4099, 64", "3, 70, 576", "4, 64, 8"})
  void products_have_the_same_bits_with_any_number_of_threads(int m, int n, int k) {
    Rng rng = Seeds.of(SEED).child("gemm", n).rng();
    Tensor x = tensor(rng, m, k);
    Tensor w = tensor(rng, n, k);
    for (WeightForm form : WeightForm.values()) {
      Kernel kernel =
          form == WeightForm.FLOAT32
              ? SkinnyGemm.kernel()
              : FrozenGemm.of(FrozenWeight.of(form, w));
      int[] alone = bits(kernel, x, w, 1);
      for (int threads : new int[] {2, 3, 7}) {
        assertThat(bits(kernel, x, w, threads))
            .as("%s, %d threads, seed %d", form, threads, SEED)
            .isEqualTo(alone);
      }
    }
  }
}
