package org.seal4j.lora.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;

/** A thousand adapters come and go: none is mixed up, and memory stays flat. */
@Tag("slow")
class ManySwapsTest {
  private static final Seeds SEEDS = TestSeeds.of("many swaps", 1000);
  private static final int CALLERS = 64;

  /** A thousand adapters of this test have more than 200 MB. */
  private static final long ROUGHLY = 100L << 20;

  private static final int PAGES = 1 << 20;

  private record Asked(TextRequest request, Heard heard) {}

  @Test
  void a_thousand_swaps_among_64_callers_mix_up_no_answer_and_leak_nothing() throws Exception {
    DecodingOptions options =
        new DecodingOptions(16, 2048, 8, 100_000, 8, 128, CALLERS, 64, Duration.ofSeconds(60));
    try (Weights weights = TinyModels.weights(3);
        ServingBench bench = new ServingBench(weights, null, 8);
        DecodingService service = BatchedDecoding.open(bench.served(500), options)) {
      wave(service, bench, 0);
      wave(service, bench, 1);
      Memory before = Memory.settled(Memory.LARGEST);
      int waves = 2;
      while (service.state().swaps() < 1000) {
        wave(service, bench, waves++);
      }
      Memory after = Memory.settled(before.plus(ROUGHLY));
      System.out.printf("%s, %d waves: %s, then %s%n", service.state(), waves, before, after);
      assertThat(after.beside()).isLessThanOrEqualTo(before.beside() + ROUGHLY);
      assertThat(after.heap()).isLessThanOrEqualTo(before.heap() + ROUGHLY);
      assertThat(service.state().failed()).isZero();
    }
  }

  /** 64 callers at once, each with an adapter that no earlier wave had, some of other shapes. */
  private static void wave(DecodingService service, ServingBench bench, int wave)
      throws BusyException {
    Rng rng = SEEDS.child("wave", wave).rng();
    List<Asked> all = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      LoraConfig lora =
          caller % 8 == 0
              ? new LoraConfig(1 + wave % 4, 2, false, new TargetModules("v_proj,up_proj"))
              : new LoraConfig(64, 8, false, TargetModules.allLinear());
      String name = "adapter %d of wave %d".formatted(caller, wave);
      int[] ids = new int[1 + rng.nextInt(20)];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = rng.nextInt(13);
      }
      TextRequest request =
          new TextRequest(
              ids,
              adapters(caller, name, lora),
              Sampling.at(1),
              StopRule.after(1 + rng.nextInt(12)),
              caller,
              0,
              caller);
      Heard heard = new Heard();
      service.submit(request, heard);
      all.add(new Asked(request, heard));
    }
    for (Asked asked : all) {
      bench.assertAsAlone(
          asked.request, asked.heard.await(), asked.request.adapters().get(0).adapter().hash());
    }
  }

  /** One, or the sum of two. */
  private static List<WeightedAdapter> adapters(int caller, String name, LoraConfig lora) {
    ServedAdapter one = ServingBench.adapter(name, TinyModels.CONFIG, lora, SEEDS);
    if (caller % 8 != 1) {
      return List.of(WeightedAdapter.of(one));
    }
    ServedAdapter two = ServingBench.adapter(name + " too", TinyModels.CONFIG, lora, SEEDS);
    return List.of(new WeightedAdapter(one, 0.5), new WeightedAdapter(two, 0.25));
  }

  /** What is held once garbage is gone; beside is what the process has besides the heap. */
  private record Memory(long heap, long beside) {
    static final Memory LARGEST = new Memory(Long.MAX_VALUE, Long.MAX_VALUE);

    Memory plus(long bytes) {
      return new Memory(heap + bytes, beside + bytes);
    }

    /** Measures until it is not above a limit, ten times at least where there is none. */
    static Memory settled(Memory limit) throws InterruptedException {
      touchHeap();
      Memory least = LARGEST;
      for (int i = 0; i < 10 || (i < 100 && least.isAbove(limit)); i++) {
        System.gc();
        Thread.sleep(20);
        Runtime runtime = Runtime.getRuntime();
        least =
            new Memory(
                Math.min(least.heap, runtime.totalMemory() - runtime.freeMemory()),
                Math.min(least.beside, Pointer.physicalBytes() - runtime.totalMemory()));
      }
      return least;
    }

    /** The heap counts as what it has reserved, so all of that must be there before it is. */
    private static void touchHeap() {
      System.gc();
      List<byte[]> filled = new ArrayList<>();
      for (long left = Runtime.getRuntime().freeMemory() - 2 * PAGES; left > 0; left -= PAGES) {
        filled.add(new byte[PAGES]);
      }
      assertThat(filled).doesNotContainNull();
    }

    private boolean isAbove(Memory limit) {
      return heap > limit.heap || beside > limit.beside;
    }
  }
}
