package org.seal4j.lora.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.file.FolderFile;
import org.seal4j.data.json.Json;
import org.seal4j.data.json.JsonKeys;
import org.seal4j.lora.LoraConfig;

/**
 * {@code adapter_config.json} of a LoRA adapter, as Hugging Face PEFT up to 0.21 writes it. A key
 * that is left out means what PEFT means; keys that change the arithmetic in a way that is not
 * built are refused by name, see {@link PeftKeys}.
 *
 * @param rank r of modules that no pattern names
 * @param alpha numerator of their scaling; 0 or less too, as PEFT reads it
 * @param rankStabilized scaling is alpha / sqrt(rank) instead of alpha / rank
 * @param targets which modules have an adapter
 * @param ranks rank by pattern of module names
 * @param alphas alpha by pattern of module names
 * @param base the model that it belongs to
 */
record PeftConfig(
    int rank,
    double alpha,
    boolean rankStabilized,
    PeftTargets targets,
    PeftPatterns ranks,
    PeftPatterns alphas,
    PeftBase base) {
  private static final String RANKS = "rank_pattern";
  private static final String ALPHAS = "alpha_pattern";
  private static final long MOST_BYTES = 4 << 20;

  /** Of {@code r} and {@code lora_alpha} where they are left out. */
  private static final int DEFAULT = 8;

  /** Rank and scaling of one module. */
  record Scale(int rank, double scaling) {}

  static PeftConfig read(Path file) {
    JsonKeys keys =
        new JsonKeys(file, Json.read(FolderFile.atMost(MOST_BYTES, file), JsonNode.class));
    keys.requireIs("peft_type", TextNode.valueOf("LORA"), "other adapters are not built");
    keys.requireIs("bias", TextNode.valueOf("none"), "biases are not trained");
    for (String flag : PeftKeys.FLAGS) {
      keys.requireIs(flag, BooleanNode.FALSE, "plain LoRA over linears is built");
    }
    PeftKeys.requireBuilt(keys);
    String base = keys.has("base_model_name_or_path") ? keys.text("base_model_name_or_path") : "";
    JsonNode revision = keys.object().path("revision");
    return new PeftConfig(
        keys.stated("r") ? keys.count("r") : DEFAULT,
        keys.stated("lora_alpha") ? keys.number("lora_alpha") : DEFAULT,
        keys.flag("use_rslora", false),
        PeftTargets.read(keys),
        PeftPatterns.read(keys, RANKS, JsonKeys::count),
        PeftPatterns.read(keys, ALPHAS, JsonKeys::number),
        new PeftBase(base, revision.isTextual() ? revision.asText() : null));
  }

  /** What an adapter of ours over these modules says. */
  static PeftConfig of(LoraConfig lora, Collection<String> modules, String baseModel) {
    return new PeftConfig(
        lora.rank(),
        lora.alpha(),
        lora.rankStabilized(),
        PeftTargets.of(lora.targetModules(), modules),
        PeftPatterns.none(RANKS),
        PeftPatterns.none(ALPHAS),
        PeftBase.of(baseModel));
  }

  /** The same without the name of the base. */
  PeftConfig withoutBase() {
    return new PeftConfig(
        rank, alpha, rankStabilized, targets, ranks, alphas, new PeftBase("", null));
  }

  /**
   * Rank and scaling of each module.
   *
   * @param modules those that are targeted
   * @param warnings takes a sentence for what names no module
   */
  Map<String, Scale> scales(Collection<String> modules, List<String> warnings) {
    Map<String, Double> rankOf = ranks.of(modules, warnings);
    Map<String, Double> alphaOf = alphas.of(modules, warnings);
    Map<String, Scale> scales = new LinkedHashMap<>();
    for (String module : modules) {
      int r = (int) (double) rankOf.getOrDefault(module, (double) rank);
      double a = alphaOf.getOrDefault(module, alpha);
      scales.put(module, new Scale(r, rankStabilized ? a / Math.sqrt(r) : a / r));
    }
    return scales;
  }

  /** The keys as PEFT writes them, in its order. */
  Map<String, @Nullable Object> toKeys() {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    keys.put(ALPHAS, plain(alphas));
    keys.put("auto_mapping", null);
    keys.put("base_model_name_or_path", base.name());
    keys.put("bias", "none");
    keys.put("fan_in_fan_out", false);
    keys.put("inference_mode", true);
    keys.put("init_lora_weights", true);
    keys.put("layers_pattern", null);
    keys.put("layers_to_transform", null);
    keys.put("lora_alpha", plain(alpha));
    keys.put("lora_dropout", 0.0);
    keys.put("modules_to_save", null);
    keys.put("peft_type", "LORA");
    keys.put("r", rank);
    keys.put(RANKS, plain(ranks));
    keys.put("revision", base.revision());
    keys.put("target_modules", targets.form());
    keys.put("task_type", "CAUSAL_LM");
    keys.put("use_dora", false);
    keys.put("use_rslora", rankStabilized);
    keys.putAll(targets.limits().stated());
    return keys;
  }

  /** The numbers of patterns as PEFT writes them. */
  static Map<String, Object> plain(PeftPatterns patterns) {
    Map<String, Object> plain = new LinkedHashMap<>();
    patterns.values().forEach((key, value) -> plain.put(key, plain(value)));
    return plain;
  }

  /** PEFT's numbers are integers where they can be. */
  private static Object plain(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e9) {
      return (long) number;
    }
    return number;
  }
}
