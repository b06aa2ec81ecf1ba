package org.seal4j.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.JsonKeys;
import org.seal4j.model.ModelConfig;

/**
 * Sliding windows of attention, which are built for Gemma alone: of other families a window that no
 * text of the model's length reaches past is none, any other is refused.
 */
final class HfWindow {
  private static final String WINDOW = "sliding_window";
  static final String FULL = "full_attention";
  static final String SLIDING = "sliding_attention";

  /** {@code max_window_layers} of Qwen2 and Qwen3: layers from here on have the window. */
  private static final int QWEN_FIRST = 28;

  private HfWindow() {}

  /**
   * Refuses attention that is not full; Gemma's windows are built ({@link HfGemma}).
   *
   * @param context tokens of the longest text
   */
  static void requireNone(JsonKeys keys, HfType type, int context, ModelConfig model) {
    if (type.isGemma()) {
      return;
    }
    int layers = model.layers();
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
    Checks.require(
        !narrow || !isAnywhere(keys, type, model),
        "%s: sliding_window %s is shorter than max_position_embeddings %d, and windowed attention"
            + " is built for gemma2 and gemma3_text alone; for texts within the window, set max_position_embeddings to it",
        keys.file(),
        keys.stated(WINDOW)
            ? Integer.toString(window.orElse(0))
            : "is left out, which means %d to %s, and this"
                .formatted(window.orElse(0), type.word()),
        context);
  }

  /**
   * Whether some layer has the window. Where there are no layer_types, Qwen asks max_window_layers,
   * SmolLM3 has the window in layers that are not rotated; the others have it in every layer.
   */
  private static boolean isAnywhere(JsonKeys keys, HfType type, ModelConfig model) {
    boolean named = keys.has("layer_types");
    return switch (type) {
      case LLAMA, MISTRAL, GEMMA2, GEMMA3 -> true;
      case QWEN2, QWEN3 -> !named && model.layers() > keys.integer("max_window_layers", QWEN_FIRST);
      case SMOLLM3 -> !named && !model.form().unrotated().isEmpty();
    };
  }

  /** The window in tokens; null is none, and a key that is left out is the family's own. */
  private static OptionalInt window(JsonKeys keys, HfType type) {
    if (type.switchesWindow() && !keys.flag("use_sliding_window", false)) {
      return OptionalInt.empty();
    }
    if (!keys.stated(WINDOW)) {
      return type.window();
    }
    return keys.has(WINDOW) ? OptionalInt.of(keys.count(WINDOW)) : OptionalInt.empty();
  }
}
