package org.seal4j.lora.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.SharedData;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;

/** The law of batched decoding with a real model, for a few tokens. */
@Tag("slow")
class SmolLmServingTest {
  private static final Seeds SEEDS = TestSeeds.of("smollm serving", 18);

  @Test
  void answers_of_a_real_model_are_those_of_a_generator_alone() throws Exception {
    DecodingOptions options =
        new DecodingOptions(5, 1024, 64, 64 << 20, 2, 16, 20, 64, Duration.ofSeconds(60));
    try (TextModel model =
        TextModel.open(
            SharedData.orSkip("weights/smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf"),
            null,
            null)) {
      List<TextRequest> requests = requests(model);
      List<Heard> heard = new ArrayList<>();
      try (DecodingService service = BatchedDecoding.open(model, options)) {
        for (TextRequest request : requests) {
          Heard sink = new Heard();
          heard.add(sink);
          service.submit(request, sink);
        }
        heard.forEach(Heard::await);
        assertThat(service.state().tokensReused()).isPositive();
        assertThat(service.state().swaps()).isGreaterThanOrEqualTo(3);
      }
      try (ServingBench bench = new ServingBench(model.folder().weights(), null, 64)) {
        for (int i = 0; i < requests.size(); i++) {
          bench.assertAsAlone(requests.get(i), heard.get(i), "request " + i);
        }
      }
    }
  }

  /** Of three adapters and none; some begin alike, over more than one chunk. */
  private static List<TextRequest> requests(TextModel model) {
    List<ServedAdapter> adapters = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      LoraConfig lora =
          i < 2
              ? new LoraConfig(4, 0.2, false, TargetModules.allLinear())
              : new LoraConfig(7, 0.3, true, new TargetModules("q_proj,v_proj,down_proj"));
      adapters.add(ServingBench.adapter("a" + i, model.folder().config(), lora, SEEDS));
    }
    String text =
        "The lighthouse stands at the end of the pier, and its keeper writes down every ship that"
            + " comes in. ";
    Rng rng = SEEDS.child("requests").rng();
    List<TextRequest> requests = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int[] ids = model.encode(text.repeat(1 + i % 4) + "On day " + i + " the keeper saw");
      List<WeightedAdapter> with =
          i % 4 == 3 ? List.of() : List.of(WeightedAdapter.of(adapters.get(i % 4)));
      Sampling sampling = i % 2 == 0 ? Sampling.mostLikely() : Sampling.at(0.9).withTopP(0.95);
      requests.add(
          new TextRequest(
              ids, with, sampling, StopRule.after(2 + rng.nextInt(5)), 40L + i, 2, i % 3));
    }
    return requests;
  }
}
