package org.seal4j.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.SharedData;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.data.text.chat.ChatTemplate;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.Forward;
import org.seal4j.model.weights.ModelFolder;

/**
 * SmolLM2-135M-Instruct as GGUF (Q4_1, Q8_0, F32) against {@code reference.json} beside it: what
 * transformers computes in float64 with the dequantised weights, and the ids of its tokenizer.
 */
class SmolLm2Test {
  private static final String FOLDER = "weights/smollm2-135m/";

  @TempDir Path temporary;

  private static Path file() {
    return SharedData.orSkip(FOLDER + "SmolLM2-135M-Instruct.Q4_1.gguf");
  }

  private static JsonNode reference() {
    return Json.read(SharedData.orSkip(FOLDER + "reference.json"), JsonNode.class);
  }

  private static int[] ids(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
  }

  private static void assertSameIds(Tokenizer tokenizer) {
    JsonNode reference = reference();
    List<JsonNode> texts = new ArrayList<>();
    reference.path("cases").forEach(texts::add);
    reference.path("tokenizer").forEach(texts::add);
    assertThat(texts).hasSize(14);
    for (JsonNode one : texts) {
      String text = one.path("text").asText();
      assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids(one.path("ids")));
    }
    assertThat(tokenizer.bos()).isEmpty();
    assertThat(tokenizer.eos()).hasValue(2);
  }

  @Test
  @Tag("slow")
  void token_ids_and_the_chat_template_are_those_of_the_reference() {
    assertSameIds(Tokenizers.load(file()));
    JsonNode chat = reference().path("chat");
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonNode message : chat.path("messages")) {
      messages.add(
          new ChatMessage(message.path("role").asText(), message.path("content").asText()));
    }
    assertThat(ChatTemplate.load(file()).render(messages, true))
        .isEqualTo(chat.path("text").asText());
  }

  @Test
  @Tag("slow")
  void logits_and_greedy_continuations_are_those_of_the_reference() {
    try (ModelFolder model = ModelFolder.load(file())) {
      assertThat(model.context()).isEqualTo(8192);
      assertThat(model.endTokens()).containsExactly(2);
      for (JsonNode one : reference().path("cases")) {
        assertSameLogits(model, one);
        assertSameContinuation(model, one);
      }
    }
  }

  private static void assertSameLogits(ModelFolder model, JsonNode one) {
    String text = one.path("text").asText();
    int[] ids = ids(one.path("ids"));
    float[][] all = Forward.logits(model.weights(), ids);
    float[] last = all[all.length - 1];
    int[] top = ids(one.path("last_top10_ids"));
    for (int i = 0; i < top.length; i++) {
      assertThat((double) last[top[i]])
          .as("%s: logit of %d", text, top[i])
          .isCloseTo(one.path("last_top10_logits").get(i).asDouble(), within(1e-3));
    }
    double sum = 0;
    for (float logit : last) {
      sum += logit;
    }
    assertThat(sum / last.length)
        .as("%s: mean logit", text)
        .isCloseTo(one.path("last_logits_sum").asDouble() / last.length, within(1e-3));
    double nll = 0;
    for (int t = 1; t < ids.length; t++) {
      nll -= logProbability(all[t - 1], ids[t]);
    }
    assertThat(nll / (ids.length - 1))
        .as("%s: likelihood", text)
        .isCloseTo(one.path("mean_nll").asDouble(), within(1e-3));
  }

  private static double logProbability(float[] logits, int id) {
    double most = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - most);
    }
    return logits[id] - most - Math.log(sum);
  }

  private static void assertSameContinuation(ModelFolder model, JsonNode one) {
    int[] prompt = ids(one.path("ids"));
    int[] expected = ids(one.path("greedy_ids"));
    TokenSequence tokens =
        new TokenSequence(prompt, new int[prompt.length], new float[prompt.length]);
    GenerationConfig config =
        new GenerationConfig(Sampling.mostLikely(), StopRule.after(24).orAt(2));
    try (Worker worker = new Worker();
        Generator generator = new Generator(model.weights(), worker, new GeneratorOptions(1, 64))) {
      Generation made = generator.generate(List.of(Prompt.of(tokens, Seeds.of(1))), config).get(0);
      assertThat(made.tokens()).as(one.path("text").asText()).isEqualTo(expected);
    }
  }

  @Test
  @Tag("slow")
  void the_hugging_face_folder_made_of_it_has_the_same_weights_tokens_and_template() {
    Path out = temporary.resolve("hf");
    String sum;
    try (ModelFolder model = ModelFolder.load(file())) {
      sum = model.weights().sha256();
      model.save(out);
    }
    try (ModelFolder model = ModelFolder.load(out)) {
      assertThat(model.weights().sha256()).isEqualTo(sum);
      assertThat(model.endTokens()).containsExactly(2);
      assertSameIds(Tokenizers.load(model.tokenizer().orElseThrow()));
    }
    List<ChatMessage> asked = List.of(new ChatMessage("user", "What is the capital of France?"));
    assertThat(ChatTemplate.load(out).render(asked, true))
        .isEqualTo(ChatTemplate.load(file()).render(asked, true));
    assertThat(Arrays.asList(out.toFile().list()))
        .containsExactlyInAnyOrder(
            "chat_template.jinja",
            "config.json",
            "model.safetensors",
            "tokenizer.json",
            "tokenizer_config.json");
  }
}
