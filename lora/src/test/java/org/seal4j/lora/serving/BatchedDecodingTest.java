package org.seal4j.lora.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.FrozenWeights;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Penalties;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopReason;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.kernel.WeightForm;

/** Requests of many adapters at once are answered as each is alone. */
class BatchedDecodingTest {
  private static final Seeds SEEDS = TestSeeds.of("batched decoding", 20261127L);
  private static final int CHUNK = 8;
  private static final int CONTEXT = 200;

  private static Weights weights;
  private static ServingBench bench;

  @BeforeAll
  static void open() {
    weights = TinyModels.weights(3);
    bench = new ServingBench(weights, null, CHUNK);
  }

  @AfterAll
  static void close() {
    bench.close();
    weights.close();
  }

  private static DecodingOptions options(int rows, int tokens, long prefixBytes, int slots) {
    return new DecodingOptions(
        rows, tokens, CHUNK, prefixBytes, slots, 16, 100, 16, Duration.ofSeconds(60));
  }

  private static BatchedDecoding service(DecodingOptions options) {
    return BatchedDecoding.open(bench.served(CONTEXT), options);
  }

  /** Of several ranks, scalings and modules; the last two go together in sums. */
  private static List<ServedAdapter> adapters(Seeds seeds) {
    List<LoraConfig> kinds =
        List.of(
            new LoraConfig(3, 6, false, TargetModules.allLinear()),
            new LoraConfig(3, 6, false, TargetModules.allLinear()),
            new LoraConfig(1, 2, false, new TargetModules("q_proj,v_proj")),
            new LoraConfig(5, 3, true, TargetModules.allLinearAndHead()),
            new LoraConfig(2, 4, false, new TargetModules("down_proj")),
            new LoraConfig(4, 4, false, new TargetModules("down_proj")));
    return IntStream.range(0, kinds.size())
        .mapToObj(i -> ServingBench.adapter("kind" + i, TinyModels.CONFIG, kinds.get(i), seeds))
        .toList();
  }

  private static List<WeightedAdapter> some(List<ServedAdapter> adapters, Rng rng) {
    if (rng.nextInt(3) == 0) {
      return List.of();
    }
    int which = rng.nextInt(adapters.size() + 2);
    if (which < adapters.size()) {
      return List.of(WeightedAdapter.of(adapters.get(which)));
    }
    return switch (which - adapters.size()) {
      case 0 ->
          List.of(
              new WeightedAdapter(adapters.get(4), 0.75),
              new WeightedAdapter(adapters.get(5), -0.5));
      default -> List.of(new WeightedAdapter(adapters.get(0), 0.3));
    };
  }

  private static TextRequest random(List<TextRequest> earlier, List<ServedAdapter> all, Rng rng) {
    int[] ids = ids(1 + rng.nextInt(40), rng);
    if (rng.nextInt(2) == 0 && !earlier.isEmpty()) {
      int[] begin = earlier.get(rng.nextInt(earlier.size())).prompt();
      ids = IntStream.concat(IntStream.of(begin), IntStream.of(ids)).limit(60).toArray();
    }
    List<Sampling> ways =
        List.of(
            Sampling.mostLikely(),
            Sampling.at(1),
            Sampling.at(0.6).withTopK(4),
            Sampling.at(1.2).withMinP(0.05).withPenalties(new Penalties(1.3, 0.2, 0.1)));
    return new TextRequest(
        ids,
        some(all, rng),
        ways.get(rng.nextInt(ways.size())),
        rng.nextInt(3) == 0
            ? StopRule.after(1 + rng.nextInt(25)).orAt(5)
            : StopRule.after(1 + rng.nextInt(25)),
        rng.nextInt(1000),
        rng.nextInt(3),
        rng.nextInt(4));
  }

  private static int[] ids(int count, Rng rng) {
    return IntStream.range(0, count).map(i -> rng.nextInt(13)).toArray();
  }

  @Tag("slow")
  @ParameterizedTest(name = "rows {0}, cache {1}, prefixes {2}, slots {3}, weights {4}")
  @CsvSource({
    "1,128,0,1,float32",
    "5,512,1000000,3,float32",
    "7,448,3000,2,float32",
    "16,4096,1000000,8,float32",
    "5,512,1000000,3,int8"
  })
  void every_answer_is_bit_for_bit_that_of_a_generator_alone(
      int rows, int tokens, long prefixBytes, int slots, String form) throws Exception {
    Seeds seeds = SEEDS.child("law", rows, tokens);
    Rng rng = seeds.rng();
    List<ServedAdapter> all = adapters(seeds);
    FrozenWeights frozen =
        form.equals("float32") ? null : FrozenWeights.of(weights, WeightForm.INT8);
    List<TextRequest> requests = new ArrayList<>();
    List<Heard> heard = new ArrayList<>();
    try (ServingBench own = new ServingBench(weights, frozen, CHUNK)) {
      try (DecodingService service =
          BatchedDecoding.open(own.served(CONTEXT), options(rows, tokens, prefixBytes, slots))) {
        for (int i = 0; i < 60; i++) {
          TextRequest request = random(requests, all, rng);
          Heard sink = new Heard();
          requests.add(request);
          heard.add(sink);
          Ticket ticket = service.submit(request, sink);
          if (rng.nextInt(6) == 0) {
            Thread.sleep(rng.nextInt(15));
            ticket.cancel();
          } else if (rng.nextInt(3) == 0) {
            Thread.sleep(rng.nextInt(10));
          }
        }
        assertThat(service.drain(Duration.ofSeconds(120))).isTrue();
        DecodingState state = service.state();
        System.out.println(state);
        assertThat(state.failed()).isZero();
        assertThat(state.finished() + state.cancelled()).isEqualTo(60);
        assertThat(state.finished()).isGreaterThan(40);
        if (prefixBytes == 0 || prefixBytes >= 1_000_000) { // a small store may be too small
          assertThat(state.tokensReused() > 0).isEqualTo(prefixBytes > 0);
        }
        assertThat(state.prefixBytes()).isLessThanOrEqualTo(prefixBytes);
        assertThat(state.adapters()).isLessThanOrEqualTo(slots);
      }
      for (int i = 0; i < 60; i++) {
        own.assertAsAlone(requests.get(i), heard.get(i), "request " + i + ": " + requests.get(i));
      }
    }
  }

  @Test
  void an_adapter_that_is_replaced_never_meets_what_the_old_one_has_read() throws Exception {
    LoraConfig lora = new LoraConfig(3, 6, false, TargetModules.allLinear());
    int[] ids = ids(40, SEEDS.child("replaced").rng());
    try (DecodingService service = service(options(4, 512, 1 << 20, 1))) {
      for (String version : List.of("notes@1", "notes@2", "notes@1", "notes@3")) {
        ServedAdapter adapter = ServingBench.adapter(version, TinyModels.CONFIG, lora, SEEDS);
        TextRequest request =
            new TextRequest(
                ids,
                List.of(WeightedAdapter.of(adapter)),
                Sampling.at(1),
                StopRule.after(12),
                5,
                0,
                0);
        Heard heard = new Heard();
        service.submit(request, heard);
        bench.assertAsAlone(request, heard.await(), version);
      }
      assertThat(service.state().swaps()).isEqualTo(4);
      assertThat(service.state().tokensReused()).isEqualTo(39);
    }
  }

  @Test
  void the_context_of_the_model_ends_an_answer_and_refuses_a_prompt() throws Exception {
    try (DecodingService service = service(options(1, 512, 0, 1))) {
      int[] many = ids(190, SEEDS.child("context").rng());
      Heard heard = new Heard();
      service.submit(
          new TextRequest(many, List.of(), Sampling.at(1), StopRule.after(500), 1, 0, 0), heard);
      assertThat(heard.await().count()).isEqualTo(10);
      assertThat(heard.reason()).isEqualTo(StopReason.LENGTH);
      TextRequest longer =
          new TextRequest(new int[200], List.of(), Sampling.at(1), StopRule.after(1), 1, 0, 0);
      assertThatThrownBy(() -> service.submit(longer, new Heard()))
          .isInstanceOf(InputException.class)
          .hasMessage("the prompt has 200 tokens but the model reads at most 200; shorten it");
    }
  }

  @Test
  void adapters_of_other_models_and_of_too_large_a_rank_are_refused() {
    LoraConfig wide = new LoraConfig(17, 6, false, TargetModules.allLinear());
    ServedAdapter large = ServingBench.adapter("large", TinyModels.CONFIG, wide, SEEDS);
    LoraConfig lora = new LoraConfig(3, 6, false, TargetModules.allLinear());
    ServedAdapter other =
        ServingBench.adapter("other", ModelConfig.small(13, 16, 2, 2, 24), lora, SEEDS);
    try (DecodingService service = service(options(1, 256, 0, 1))) {
      assertThatThrownBy(() -> service.submit(with(large), new Heard()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("adapter large has rank 17 but adapters of a rank up to 16");
      assertThatThrownBy(() -> service.submit(with(other), new Heard()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("adapter other does not fit the model at");
    }
  }

  private static TextRequest with(ServedAdapter adapter) {
    return new TextRequest(
        new int[] {1},
        List.of(WeightedAdapter.of(adapter)),
        Sampling.at(1),
        StopRule.after(2),
        1,
        0,
        0);
  }
}
