package org.seal4j.lora.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.json.Json;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.model.generate.Scorer;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.weights.ModelFolder;

/** An adapter of others against PyTorch; origin: README.md beside the files. */
class GoldenAdapterTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "peft",
        "peft-families/qwen3",
        "peft-families/smollm3",
        "peft-families/gemma2",
        "peft-families/gemma3"
      })
  @Tag("slow")
  void the_adapted_and_the_merged_model_have_the_likelihood_of_the_reference(String name)
      throws URISyntaxException {
    Path folder = Path.of(GoldenAdapterTest.class.getResource("/golden/" + name).toURI());
    JsonNode expected = Json.read(folder.resolve("expected.json"), JsonNode.class);
    int[] ids =
        StreamSupport.stream(expected.path("ids").spliterator(), false)
            .mapToInt(JsonNode::intValue)
            .toArray();
    float[] weights = new float[ids.length];
    Arrays.fill(weights, 1, ids.length, 1);
    List<TokenSequence> text = List.of(new TokenSequence(ids, new int[ids.length], weights));
    double wanted = expected.path("mean_nll").asDouble();
    try (ModelFolder model = ModelFolder.load(folder.resolve("base"));
        PeftAdapter adapter = PeftAdapter.load(folder, model.config());
        AdapterBank bank = adapter.toBank();
        Worker worker = new Worker();
        Scorer adapted =
            new Scorer(model.weights(), new LoraBank(model.weights(), bank, 1), worker);
        Scorer base = new Scorer(model.weights(), worker)) {
      assertThat(base.score(text).get(0).mean()).isNotCloseTo(wanted, within(0.05));
      assertThat(adapted.score(text).get(0).mean()).isCloseTo(wanted, within(1e-5));
      Merge.merge(model.weights(), bank, 0).close();
      assertThat(base.score(text).get(0).mean()).isCloseTo(wanted, within(1e-5));
    }
  }
}
