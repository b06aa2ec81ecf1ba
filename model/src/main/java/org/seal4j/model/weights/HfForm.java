package org.seal4j.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.JsonKeys;
import org.seal4j.model.DecoderForm;

/**
 * What the model's family does differently from Llama. For SmolLM3 {@code config.json} says which
 * layers are not rotated: those with 0 in {@code no_rope_layers}, or where it is missing or null
 * the last of every {@code no_rope_layer_interval} layers.
 */
final class HfForm {
  static final String LAYERS = "no_rope_layers";
  static final String INTERVAL = "no_rope_layer_interval";
  static final Set<String> KEYS = Set.of(LAYERS, INTERVAL);

  /** {@code no_rope_layer_interval} of {@code SmolLM3Config}. */
  static final int DEFAULT_INTERVAL = 4;

  private HfForm() {}

  /**
   * @param rope what the file says of rotation
   */
  static DecoderForm read(JsonKeys keys, HfType type, int layers, HfRope rope) {
    return switch (type) {
      case LLAMA, MISTRAL, QWEN2 -> DecoderForm.llama();
      case QWEN3 -> DecoderForm.qwen3();
      case SMOLLM3 ->
          DecoderForm.smollm3(keys.has(LAYERS) ? listed(keys, layers) : everyFew(keys, layers));
      case GEMMA2, GEMMA3 -> HfGemma.read(keys, type, layers, rope.windowTheta());
    };
  }

  private static List<Integer> everyFew(JsonKeys keys, int layers) {
    Checks.require(
        !keys.stated(INTERVAL) || keys.has(INTERVAL),
        "%s: %s is null; give it a value, or leave it out for the default %d",
        keys.file(),
        INTERVAL,
        DEFAULT_INTERVAL);
    int interval = keys.count(INTERVAL, DEFAULT_INTERVAL);
    return IntStream.range(0, layers).filter(l -> (l + 1) % interval == 0).boxed().toList();
  }

  /** A list may be longer than there are layers; what is behind them is not asked. */
  private static List<Integer> listed(JsonKeys keys, int layers) {
    JsonNode named = keys.node(LAYERS);
    Checks.require(
        named.isArray() && named.size() >= layers,
        "%s: %s must be a list of a 1 or 0 for each of the %d layers but is %s",
        keys.file(),
        LAYERS,
        layers,
        Shown.text(named));
    List<Integer> unrotated = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      JsonNode one = named.get(l);
      Checks.require(
          one.isIntegralNumber() && (one.longValue() == 0 || one.longValue() == 1),
          "%s: %s has %s for layer %d; 1 (rotated) or 0 (not) is expected",
          keys.file(),
          LAYERS,
          Shown.text(one),
          l);
      if (one.longValue() == 0) {
        unrotated.add(l);
      }
    }
    return unrotated;
  }
}
