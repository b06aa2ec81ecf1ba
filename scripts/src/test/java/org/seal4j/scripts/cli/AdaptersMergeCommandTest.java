package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.io.AdapterPath;
import org.seal4j.lora.io.AdapterSummary;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.run.Experiments;

/** {@code seal adapters merge}. */
class AdaptersMergeCommandTest {
  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private TalkingModel model;
  private Path law;
  private Path tax;

  @BeforeEach
  void write_two_adapters_of_one_base() {
    model = TalkingModel.at(home.resolve("model"));
    law = adapter("law", 3, TargetModules.allLinear(), 1);
    tax = adapter("tax", 2, new TargetModules("q_proj,down_proj"), 2);
  }

  private Path adapter(String name, int rank, TargetModules targets, long seed) {
    Path to = home.resolve(name).resolve("adapter");
    LoraConfig lora = new LoraConfig(rank, 2 * rank, false, targets);
    try (ModelFolder base = ModelFolder.load(model.folder());
        AdapterBank bank = new AdapterBank(1, base.config(), lora)) {
      bank.initialise(0, Seeds.of(seed));
      Rng rng = Seeds.of(seed).child("b").rng();
      bank.factors()
          .values()
          .forEach(
              f -> {
                var b = Tensors.of(f.b()).f();
                for (int i = 0; i < b.capacity(); i++) {
                  b.put(i, (float) (0.2 * rng.nextGaussian()));
                }
              });
      try (PeftAdapter adapter = PeftAdapter.of(base.config(), bank, 0, "the base")) {
        adapter.save(to, Map.of(PeftAdapter.BASE_HASH, base.weights().sha256()));
      }
    }
    return to.getParent();
  }

  private int seal(Object... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> words = Arrays.stream(args).map(Object::toString).toList();
    Seal seal = new Seal(new Experiments(List.of()), Optional.of(home), (again, env) -> 99);
    return seal.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private int merge(Object... more) {
    Object[] words = {"adapters", "merge", law, tax, "--base", model.folder()};
    Object[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return seal(all);
  }

  private String answer(Object... with) {
    Object[] words = {"ask", "--max-tokens", "12", "To be?"};
    Object[] all = Arrays.copyOf(words, words.length + with.length);
    System.arraycopy(with, 0, all, words.length, with.length);
    assertThat(seal(all)).as(err.toString()).isZero();
    return out.toString();
  }

  @Test
  void a_sum_is_a_PEFT_folder_whose_card_says_what_was_merged() throws IOException {
    Path both = home.resolve("both");
    assertThat(merge("--out", both)).as(err.toString()).isZero();
    String hash = ContentHash.ofFile(law.resolve("adapter/adapter_model.safetensors"));
    assertThat(out.toString())
        .contains("law@" + hash.substring(0, 12) + ", weight 1\n")
        .contains("they are ")
        .endsWith("(PEFT folder, rank 5, 14 modules)\n");
    assertThat(err.toString()).isEmpty();
    assertThat(Files.readString(both.resolve("README.md")))
        .contains("## Merged adapters", "| tax@", " | 1 | `" + hash + "` |", "Method `linear`.");
    AdapterSummary summary = AdapterSummary.read(both);
    try (ModelFolder base = ModelFolder.load(model.folder())) {
      assertThat(summary.baseHash()).isEqualTo(base.weights().sha256());
    }
    assertThat(answer("--model", model.folder(), "--adapter", both))
        .isNotEqualTo(answer("--model", model.folder()));
  }

  @Test
  void a_merge_says_as_JSON_how_far_it_is_from_the_adapters_together() {
    assertThat(merge("--out", home.resolve("sum"), "--weights", "0.5,-0.25", "--json"))
        .as(err.toString())
        .isZero();
    JsonNode sum = Json.parse(out.toString(), JsonNode.class, "output");
    assertThat(sum.at("/canary/moved").asDouble()).isGreaterThan(0.01);
    assertThat(sum.at("/canary/apart").asDouble()).isLessThan(1e-4);
    assertThat(sum.at("/merged/1/weight").asDouble()).isEqualTo(-0.25);
    assertThat(merge("--out", home.resolve("svd"), "--method", "svd", "--rank", "1", "--json"))
        .as(err.toString())
        .isZero();
    JsonNode svd = Json.parse(out.toString(), JsonNode.class, "output");
    assertThat(svd.at("/canary/apart").asDouble()).isGreaterThan(0.01);
    assertThat(svd.at("/canary/stored").asDouble()).isLessThan(1e-4);
    assertThat(svd.at("/form").asText()).contains("rank 1,");
  }

  @Test
  void a_norm_anchored_merge_is_a_model_whose_weights_keep_their_norms() throws IOException {
    Path whole = home.resolve("whole");
    assertThat(merge("--out", whole, "--method", "norm-anchored")).as(err.toString()).isZero();
    assertThat(out.toString()).endsWith("(Hugging Face folder of a model)\n");
    assertThat(Files.readString(whole.resolve("README.md")))
        .contains("## Merged adapters", "Method `norm-anchored`.");
    String name = "model.layers.1.mlp.down_proj.weight";
    try (ModelFolder base = ModelFolder.load(model.folder());
        ModelFolder merged = ModelFolder.load(whole)) {
      double before = norm(base.weights(), name);
      assertThat(norm(merged.weights(), name)).isCloseTo(before, offset(1e-5 * before));
      assertThat(merged.weights().get(name)).isNotEqualTo(base.weights().get(name));
    }
    assertThat(answer("--model", whole)).isNotEqualTo(answer("--model", model.folder()));
  }

  private static double norm(Weights weights, String name) {
    return weights.get(name).norm2Number().doubleValue();
  }

  @Test
  void denoising_says_what_it_dropped_and_one_of_all_directions_leaves_nothing() {
    Path less = home.resolve("less");
    assertThat(merge("--out", less, "--denoise", "0.3", "--denoise-share", "0.5"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).containsPattern("denoising dropped \\d+ of 5\\d components, ");
    Path none = home.resolve("none");
    assertThat(merge("--out", none, "--denoise", "0", "--denoise-share", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("nothing is left of the adapters").hasLineCount(1);
    assertThat(none).doesNotExist();
    assertThat(merge("--out", none, "--denoise-keep", "inside")).isEqualTo(2);
    assertThat(err.toString()).contains("go with --denoise");
  }

  @Test
  void an_adapter_in_a_GGUF_file_is_merged_as_its_folder_is() {
    Path file = home.resolve("tax.gguf");
    Object[] export = {
      "export", "--format", "lora", "--model", model.folder(), "--adapter", tax, "--out", file
    };
    assertThat(seal(export)).as(err.toString()).isZero();
    Path one = home.resolve("one");
    Path other = home.resolve("other");
    assertThat(merge("--out", one, "--method", "svd")).as(err.toString()).isZero();
    Object[] fromFile = {
      "adapters", "merge", law, file, "--base", model.folder(), "--method", "svd", "--out", other
    };
    assertThat(seal(fromFile)).as(err.toString()).isZero();
    assertThat(other.resolve("adapter_model.safetensors"))
        .hasSameBinaryContentAs(one.resolve("adapter_model.safetensors"));
  }

  @Test
  void the_adapter_of_another_base_and_one_that_changes_nothing_are_refused() throws IOException {
    Path foreign = model.adapter(home.resolve("foreign"), 5); // says that its base is abab...
    Path into = home.resolve("into");
    assertThat(seal("adapters", "merge", law, foreign, "--base", model.folder(), "--out", into))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("foreign was trained over weights with the SHA-256 abab")
        .contains("name that one")
        .hasLineCount(1);
    assertThat(merge("--out", into, "--weights", "1e38,1e38")).isEqualTo(2);
    assertThat(err.toString()).contains("a logit of a sentence is no number").hasLineCount(1);
    assertThat(into).doesNotExist();
    assertThat(merge("--out", into, "--weights", "0,0")).isEqualTo(2);
    assertThat(err.toString()).contains("change no logit").hasLineCount(1);
    assertThat(into).doesNotExist();
    Path twice = home.resolve("twice");
    assertThat(
            seal(
                "adapters",
                "merge",
                law,
                law,
                "--base",
                model.folder(),
                "--weights",
                "1,-1",
                "--out",
                twice))
        .isEqualTo(2);
    assertThat(twice).doesNotExist();
  }

  @Test
  void an_adapter_with_numbers_that_are_none_is_named() throws IOException {
    Path sick = home.resolve("sick");
    Files.createDirectories(sick);
    Path files = AdapterPath.of(law);
    ObjectNode config =
        Json.parse(
            Files.readString(files.resolve("adapter_config.json")), ObjectNode.class, "config");
    config.retain("peft_type", "r", "lora_alpha", "target_modules", "base_model_name_or_path");
    Files.writeString(sick.resolve("adapter_config.json"), config.toString());
    byte[] tensors = Files.readAllBytes(files.resolve("adapter_model.safetensors"));
    ByteBuffer.wrap(tensors)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(tensors.length - Float.BYTES, Float.NaN);
    // As another program writes it: without a proof that would tell of the change.
    String own = new String(tensors, StandardCharsets.ISO_8859_1).replace("seal4j", "others");
    Files.write(
        sick.resolve("adapter_model.safetensors"), own.getBytes(StandardCharsets.ISO_8859_1));
    Path into = home.resolve("into");
    assertThat(seal("adapters", "merge", law, sick, "--base", model.folder(), "--out", into))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("sick has numbers that are not finite")
        .contains("its training diverged")
        .hasLineCount(1);
    assertThat(into).doesNotExist();
  }

  @Test
  void words_that_do_not_fit_are_refused_before_anything_is_read() throws IOException {
    Path into = home.resolve("into");
    assertThat(merge("--out", into, "--weights", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("--weights has 1 factors for 2 adapters");
    assertThat(merge("--out", into, "--weights", ",")).isEqualTo(2);
    assertThat(err.toString()).contains("--weights has 0 factors for 2 adapters");
    assertThat(merge("--out", into, "--method", "mean")).isEqualTo(2);
    assertThat(err.toString()).contains("no method of merging 'mean'; there are linear, norm-");
    assertThat(merge("--out", into, "--denoise", "1.5")).isEqualTo(2);
    assertThat(err.toString()).contains("in [0, 1] but was 1.5");
    assertThat(merge("--out", into, "--rank", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("must be >= 1 but was 0");
    Files.createDirectories(into);
    assertThat(merge("--out", into)).isEqualTo(2);
    assertThat(err.toString()).contains("exists; name a new folder");
    assertThat(into).isEmptyDirectory();
  }
}
