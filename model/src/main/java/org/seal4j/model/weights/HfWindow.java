package org.seal4j.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.JsonKeys;

/**
 * Sliding windows of attention, which are not built: a window that no text of the model's length
 * reaches past is none, any other is refused.
 */
final class HfWindow {
  private static final String WINDOW = "sliding_window";
  private static final String FULL = "full_attention";
  private static final String SLIDING = "sliding_attention";

  /** {@code max_window_layers} of {@code Qwen2Config}: layers from here on have the window. */
  private static final int QWEN2_FIRST = 28;

  private HfWindow() {}

  /**
   * Refuses attention that is not full.
   *
   * @param context tokens of the longest text
   * @param layers number of layers
   */
  static void requireNone(JsonKeys keys, HfType type, int context, int layers) {
    OptionalInt window = window(keys, type);
    boolean narrow = window.isPresent() && window.getAsInt() < context;
    JsonNode named = keys.node("layer_types");
    Checks.require(
        named.isMissingNode() || (named.isArray() && named.size() == layers),
        "%s: layer_types must be a list of %d names, one for each layer, but is %s",
        keys.file(),
        layers,
        Shown.text(named));
    for (JsonNode layer : named) {
      boolean open = layer.asText().equals(SLIDING) && window.isPresent() && !narrow;
      Checks.require(
          layer.isTextual() && (layer.asText().equals(FULL) || open),
          "%s: layer_types names %s but only %s is built",
          keys.file(),
          Shown.text(layer),
          FULL);
    }
    // Qwen2 asks layer_types, then max_window_layers; the others have the window in every layer.
    boolean anywhere =
        type != HfType.QWEN2
            || (named.isMissingNode() && layers > keys.integer("max_window_layers", QWEN2_FIRST));
    Checks.require(
        !narrow || !anywhere,
        "%s: sliding_window %s is shorter than max_position_embeddings %d, and windowed attention"
            + " is not built; for texts within the window, set max_position_embeddings to it",
        keys.file(),
        keys.stated(WINDOW)
            ? Integer.toString(window.orElse(0))
            : "is left out, which means %d to %s, and this"
                .formatted(window.orElse(0), type.word()),
        context);
  }

  /** The window in tokens; null is none, and a key that is left out is the family's own. */
  private static OptionalInt window(JsonKeys keys, HfType type) {
    if (type == HfType.QWEN2 && !keys.flag("use_sliding_window", false)) {
      return OptionalInt.empty();
    }
    if (!keys.stated(WINDOW)) {
      return type.window();
    }
    return keys.has(WINDOW) ? OptionalInt.of(keys.count(WINDOW)) : OptionalInt.empty();
  }
}
