package org.seal4j.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.SharedData;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.Scorer;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.Forward;

/**
 * Two small models that others have trained, against figures of a float64 forward pass in numpy
 * that shares no code with ours ({@code reference.json} beside the weights).
 */
class ReferenceTest {
  private static final String HF = "tinystories-656k";
  private static final String LLAMA2C = "stories260K";

  private static int[] ids(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
  }

  private static JsonNode reference(Path folder) {
    return Json.read(folder.resolve("reference.json"), JsonNode.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {HF, LLAMA2C})
  void logits_behind_the_prompt_are_those_of_the_reference(String name) {
    Path folder = SharedData.orSkip("weights/" + name);
    JsonNode reference = reference(folder);
    try (ModelFolder model = ModelFolder.load(folder)) {
      float[][] logits =
          Forward.logits(model.weights(), ids(reference.path("prompt_ids_with_bos")));
      JsonNode expected = reference.path("last_position_logits");
      float[] got = logits[logits.length - 1];
      assertThat(got).hasSize(expected.size());
      for (int i = 0; i < got.length; i++) {
        assertThat((double) got[i])
            .as("logit %d", i)
            .isCloseTo(expected.get(i).asDouble(), within(1e-3));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {HF, LLAMA2C})
  @Tag("slow")
  void greedy_decoding_writes_the_tokens_of_the_reference(String name) {
    Path folder = SharedData.orSkip("weights/" + name);
    JsonNode reference = reference(folder);
    int[] expected = ids(reference.path("greedy_60_ids"));
    try (ModelFolder model = ModelFolder.load(folder);
        Worker worker = new Worker();
        Generator generator = new Generator(model.weights(), worker, GeneratorOptions.defaults())) {
      int[] prompt = ids(reference.path("prompt_ids_with_bos"));
      GenerationConfig config =
          new GenerationConfig(Sampling.mostLikely(), StopRule.after(expected.length));
      TokenSequence tokens =
          new TokenSequence(prompt, new int[prompt.length], new float[prompt.length]);
      assertThat(
              generator.generate(List.of(Prompt.of(tokens, Seeds.of(1))), config).get(0).tokens())
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {HF, LLAMA2C})
  @Tag("slow")
  void the_likelihood_of_a_text_is_that_of_the_reference(String name) {
    Path folder = SharedData.orSkip("weights/" + name);
    JsonNode reference = reference(folder);
    int[] ids = ids(reference.path("nll_ids"));
    float[] weights = new float[ids.length];
    Arrays.fill(weights, 1, ids.length, 1);
    try (ModelFolder model = ModelFolder.load(folder);
        Worker worker = new Worker();
        Scorer scorer = new Scorer(model.weights(), worker)) {
      TokenSequence text = new TokenSequence(ids, new int[ids.length], weights);
      assertThat(scorer.score(List.of(text)).get(0).mean())
          .isCloseTo(reference.path("mean_nll_nats_per_token").asDouble(), within(1e-3));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {HF, LLAMA2C})
  void what_stands_beside_the_weights_is_found(String name) {
    Path folder = SharedData.orSkip("weights/" + name);
    try (ModelFolder model = ModelFolder.load(folder)) {
      assertThat(model.context()).isEqualTo(512);
      assertThat(model.tokenizer().orElseThrow().getFileName().toString())
          .isEqualTo(name.equals(HF) ? "tokenizer.json" : "tok512.bin");
      assertThat(model.endTokens()).isNotEmpty().isSubsetOf(IntStream.of(1, 2).boxed().toList());
    }
  }
}
