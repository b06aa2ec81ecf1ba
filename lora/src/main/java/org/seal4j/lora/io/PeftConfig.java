package org.seal4j.lora.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.Json;
import org.seal4j.data.json.JsonKeys;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;

/**
 * {@code adapter_config.json} of a LoRA adapter, as Hugging Face PEFT 0.15 writes it. Keys that
 * change the arithmetic in a way that is not built are refused by name.
 *
 * @param lora rank, alpha, kind of scaling and targets of modules that no pattern names
 * @param ranks rank by pattern of module names ({@code rank_pattern}), the first match counts
 * @param alphas alpha by pattern of module names ({@code alpha_pattern})
 * @param baseModel name or path of the base, may be empty
 */
record PeftConfig(
    LoraConfig lora, Map<String, Integer> ranks, Map<String, Double> alphas, String baseModel) {
  private static final String ALL_LINEAR = "all-linear";
  private static final String REGEX = "regex:";

  /** Ways to start an adapter that leave the base's weights alone. */
  private static final Set<String> PLAIN_STARTS = Set.of("gaussian", "orthogonal", "eva");

  /** Keys that must be null, missing or empty, with what they would ask for. */
  private static final Map<String, String> NOT_BUILT =
      Map.of(
          "modules_to_save", "weights of the base that are trained in full",
          "layers_to_transform", "adapters on some layers only; name them by target_modules",
          "layer_replication", "repeated layers",
          "exclude_modules", "exceptions from the targets; name the targets alone",
          "target_parameters", "adapters on bare parameters",
          "trainable_token_indices", "trained rows of the embedding",
          "alora_invocation_tokens", "adapters that are switched on by tokens",
          "megatron_config", "parallel linears");

  static PeftConfig read(Path file) {
    JsonKeys keys = new JsonKeys(file, Json.read(file, JsonNode.class));
    keys.requireIs("peft_type", TextNode.valueOf("LORA"), "other adapters are not built");
    keys.requireIs("bias", TextNode.valueOf("none"), "biases are not trained");
    for (String flag : List.of("use_dora", "lora_bias", "fan_in_fan_out", "use_qalora")) {
      keys.requireIs(flag, BooleanNode.FALSE, "plain LoRA over linears is built");
    }
    NOT_BUILT.forEach(
        (key, what) ->
            Checks.require(
                keys.node(key).isEmpty() && !keys.node(key).isValueNode(),
                "%s: %s is %s (%s), which is not supported",
                file,
                key,
                Shown.text(keys.node(key)),
                what));
    requirePlainStart(keys);
    LoraConfig lora =
        new LoraConfig(
            keys.count("r"),
            keys.number("lora_alpha"),
            keys.flag("use_rslora", false),
            targets(keys));
    Map<String, Integer> ranks = new LinkedHashMap<>();
    JsonKeys rankPattern = keys.inner("rank_pattern");
    rankPattern.object().fieldNames().forEachRemaining(k -> ranks.put(k, rankPattern.count(k)));
    Map<String, Double> alphas = new LinkedHashMap<>();
    JsonKeys alphaPattern = keys.inner("alpha_pattern");
    alphaPattern.object().fieldNames().forEachRemaining(k -> alphas.put(k, alphaPattern.number(k)));
    ranks.keySet().forEach(k -> pattern(k, file));
    alphas.keySet().forEach(k -> pattern(k, file));
    String base = keys.has("base_model_name_or_path") ? keys.text("base_model_name_or_path") : "";
    return new PeftConfig(lora, ranks, alphas, base);
  }

  private static void requirePlainStart(JsonKeys keys) {
    JsonNode start = keys.node("init_lora_weights");
    Checks.require(
        start.isMissingNode() || start.isBoolean() || PLAIN_STARTS.contains(start.asText()),
        "%s: init_lora_weights is %s, which changes the base's weights too; convert the adapter to"
            + " plain LoRA when saving it",
        keys.file(),
        Shown.text(start));
  }

  private static TargetModules targets(JsonKeys keys) {
    JsonNode node = keys.node("target_modules");
    if (node.isTextual()) {
      String text = node.textValue();
      return new TargetModules(text.equalsIgnoreCase(ALL_LINEAR) ? ALL_LINEAR : REGEX + text);
    }
    List<String> names = new ArrayList<>();
    node.forEach(name -> names.add(name.asText()));
    Checks.require(
        node.isArray() && !names.isEmpty() && names.stream().allMatch(n -> n.matches("[\\w.]+")),
        "%s: target_modules must be a list of module names or a regular expression but is %s",
        keys.file(),
        Shown.text(node));
    return new TargetModules(String.join(",", names));
  }

  /** PEFT's rule: the pattern stands for a whole module name, or for its end behind a dot. */
  private static Pattern pattern(String key, Path file) {
    try {
      return Pattern.compile("(.*\\.)?(" + key + ")");
    } catch (PatternSyntaxException e) {
      throw Checks.refuse("%s: pattern '%s' is no regular expression", file, Shown.text(key));
    }
  }

  int rankOf(String module) {
    Integer rank = first(ranks, module);
    return rank == null ? lora.rank() : rank;
  }

  /** What the product of A and B is multiplied with. */
  double scalingOf(String module) {
    Double alpha = first(alphas, module);
    return new LoraConfig(
            rankOf(module),
            alpha == null ? lora.alpha() : alpha,
            lora.rankStabilized(),
            lora.targetModules())
        .scaling();
  }

  private static <T> @Nullable T first(Map<String, T> patterns, String module) {
    for (Map.Entry<String, T> entry : patterns.entrySet()) {
      if (pattern(entry.getKey(), Path.of("adapter")).matcher(module).matches()) {
        return entry.getValue();
      }
    }
    return null;
  }

  /** The keys as PEFT writes them, in its order. */
  Map<String, @Nullable Object> toKeys() {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    Map<String, Object> plainAlphas = new LinkedHashMap<>();
    alphas.forEach((key, alpha) -> plainAlphas.put(key, plain(alpha)));
    keys.put("alpha_pattern", plainAlphas);
    keys.put("auto_mapping", null);
    keys.put("base_model_name_or_path", baseModel);
    keys.put("bias", "none");
    keys.put("fan_in_fan_out", false);
    keys.put("inference_mode", true);
    keys.put("init_lora_weights", true);
    keys.put("layers_pattern", null);
    keys.put("layers_to_transform", null);
    keys.put("lora_alpha", plain(lora.alpha()));
    keys.put("lora_dropout", 0.0);
    keys.put("modules_to_save", null);
    keys.put("peft_type", "LORA");
    keys.put("r", lora.rank());
    keys.put("rank_pattern", ranks);
    keys.put("revision", null);
    keys.put("target_modules", targetForm());
    keys.put("task_type", "CAUSAL_LM");
    keys.put("use_dora", false);
    keys.put("use_rslora", lora.rankStabilized());
    return keys;
  }

  /** The targets as PEFT writes them: a word, a regular expression, or a list of names. */
  Object targetForm() {
    String spec = lora.targetModules().spec();
    if (spec.startsWith(REGEX)) {
      return spec.substring(REGEX.length());
    }
    return switch (spec) {
      case ALL_LINEAR -> ALL_LINEAR;
      case ALL_LINEAR + "+head" ->
          List.of(
              "q_proj",
              "k_proj",
              "v_proj",
              "o_proj",
              "gate_proj",
              "up_proj",
              "down_proj",
              "lm_head");
      default -> List.of(spec.strip().split("\\s*,\\s*"));
    };
  }

  /** PEFT's alpha is an integer where it can be. */
  private static Object plain(double alpha) {
    if (alpha == Math.rint(alpha) && alpha < 1e9) {
      return (long) alpha;
    }
    return alpha;
  }
}
