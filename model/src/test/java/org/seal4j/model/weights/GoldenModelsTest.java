package org.seal4j.model.weights;

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
import org.seal4j.model.generate.Scorer;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.Forward;

/**
 * Random models of every architecture against PyTorch or transformers; origin: README.md beside the
 * files.
 */
class GoldenModelsTest {
  private static Path folder(String name) throws URISyntaxException {
    return Path.of(GoldenModelsTest.class.getResource("/golden/hf/" + name).toURI());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama",
        "qwen2",
        "mistral",
        "qwen3",
        "qwen3-tied",
        "smollm3",
        "smollm3-listed",
        "gemma2",
        "gemma2-listed",
        "gemma3",
        "gemma3-scaled"
      })
  @Tag("slow")
  void logits_and_likelihood_are_those_of_the_reference(String name) throws URISyntaxException {
    JsonNode expected = Json.read(folder(name).resolve("expected.json"), JsonNode.class);
    int[] ids =
        StreamSupport.stream(expected.path("ids").spliterator(), false)
            .mapToInt(JsonNode::intValue)
            .toArray();
    try (ModelFolder model = ModelFolder.load(folder(name));
        Worker worker = new Worker();
        Scorer scorer = new Scorer(model.weights(), worker)) {
      float[][] logits = Forward.logits(model.weights(), ids);
      expected
          .path("logits")
          .properties()
          .forEach(
              row -> {
                float[] got = logits[Integer.parseInt(row.getKey())];
                for (int i = 0; i < got.length; i++) {
                  assertThat((double) got[i])
                      .as("%s, token %s, logit %d", name, row.getKey(), i)
                      .isCloseTo(row.getValue().get(i).asDouble(), within(2e-5));
                }
              });
      float[] weights = new float[ids.length];
      Arrays.fill(weights, 1, ids.length, 1);
      TokenSequence text = new TokenSequence(ids, new int[ids.length], weights);
      assertThat(scorer.score(List.of(text)).get(0).mean())
          .isCloseTo(expected.path("mean_nll").asDouble(), within(1e-5));
    }
  }
}
