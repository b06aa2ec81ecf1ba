package org.seal4j.lora.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.JsonKeys;

/**
 * Which keys of {@code adapter_config.json} are read, which are passed over since they tell how an
 * adapter was trained, and which are refused with what they ask for. A key in none of the lists
 * that says something is refused by name.
 */
final class PeftKeys {
  /** Must be false or missing. */
  static final List<String> FLAGS =
      List.of("use_dora", "lora_bias", "fan_in_fan_out", "use_qalora", "ensure_weight_tying");

  /** What {@link PeftConfig} reads. */
  static final Set<String> READ =
      words(
          """
          peft_type bias r lora_alpha use_rslora target_modules rank_pattern alpha_pattern
          base_model_name_or_path init_lora_weights exclude_modules layers_to_transform
          layers_pattern
          """);

  /** How an adapter was trained, or words about it. */
  static final Set<String> PASSED_OVER =
      words(
          """
          auto_mapping revision inference_mode task_type lora_dropout megatron_core loftq_config
          eva_config corda_config lora_ga_config velora_config qalora_group_size peft_version
          runtime_config merge_weights
          """);

  /** Keys that must be null, missing or empty, with what they would ask for. */
  static final Map<String, String> NOT_BUILT =
      Map.ofEntries(
          Map.entry("modules_to_save", "weights of the base that are trained in full"),
          Map.entry("layer_replication", "repeated layers"),
          Map.entry("target_parameters", "adapters on bare parameters"),
          Map.entry("trainable_token_indices", "trained rows of the embedding"),
          Map.entry("alora_invocation_tokens", "adapters that are switched on by tokens"),
          Map.entry("megatron_config", "parallel linears"),
          Map.entry("kasa_config", "singular values between A and B"),
          Map.entry("monteclora_config", "random factors"),
          Map.entry("arrow_config", "several adapters that a router chooses from"),
          Map.entry("use_bdlora", "factors in blocks"));

  /** Ways to start an adapter that leave the base's weights alone. */
  private static final Set<String> PLAIN_STARTS = Set.of("gaussian", "orthogonal", "eva", "mica");

  private PeftKeys() {}

  private static Set<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
  }

  /** Refuses what is not built, by name. */
  static void requireBuilt(JsonKeys keys) {
    JsonNode start = keys.node("init_lora_weights");
    Checks.require(
        start.isMissingNode() || start.isBoolean() || PLAIN_STARTS.contains(start.asText()),
        "%s: init_lora_weights is %s, which changes the base's weights too; convert the adapter to"
            + " plain LoRA when saving it",
        keys.file(),
        Shown.text(start));
    keys.object()
        .fieldNames()
        .forEachRemaining(
            key ->
                Checks.require(
                    READ.contains(key)
                        || PASSED_OVER.contains(key)
                        || FLAGS.contains(key)
                        || key.startsWith("_")
                        || keys.isUnset(key),
                    "%s: %s is %s (%s), which is not supported",
                    keys.file(),
                    Shown.text(key),
                    Shown.text(keys.node(key)),
                    NOT_BUILT.getOrDefault(
                        key, "PEFT up to 0.21 has no such key; delete it if it changes nothing")));
  }
}
