package org.seal4j.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.JsonKeys;
import org.seal4j.model.AttentionForm;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.WeightNames;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Tensors;

/**
 * What {@code config.json} of Gemma 2 and of the texts of Gemma 3 says that no other family's does:
 * the divisor of scores, caps, and which layers have the sliding window. Their files hold gains of
 * norms less one ({@code 1 + w} multiplies), which {@link #readGains} adds and {@link #stored}
 * takes away again, so that everything else treats them as those of other families.
 */
final class HfGemma {
  private static final String ACTIVATION = "hidden_activation";
  private static final String SCALAR = "query_pre_attn_scalar";
  private static final String SCORE_CAP = "attn_logit_softcapping";
  private static final String LOGIT_CAP = "final_logit_softcapping";
  private static final String WINDOW = "sliding_window";
  private static final String LAYERS = "layer_types";
  private static final String PATTERN = "sliding_window_pattern";

  /** Base of the rotary frequencies in layers with the window. */
  static final String LOCAL_THETA = "rope_local_base_freq";

  /** Keys of Gemma 2; the last says the window again, and nobody reads it. */
  static final Set<String> KEYS_2 =
      Set.of(ACTIVATION, SCALAR, SCORE_CAP, LOGIT_CAP, "sliding_window_size");

  static final Set<String> KEYS_3 =
      Set.of(ACTIVATION, SCALAR, SCORE_CAP, LOGIT_CAP, PATTERN, LOCAL_THETA);

  /** Keys that transformers cannot take as null. */
  static final List<String> NEVER_NULL = List.of(ACTIVATION, SCALAR, LOCAL_THETA);

  private static final double DEFAULT_SCALAR = 256;
  private static final double GEMMA_2_SCORE_CAP = 50;
  private static final double GEMMA_2_LOGIT_CAP = 30;
  private static final int DEFAULT_PATTERN = 6;

  private HfGemma() {}

  /**
   * @param windowTheta base of the rotary frequencies in layers with the window; 0 for the model's
   */
  static DecoderForm read(JsonKeys keys, HfType type, int layers, double windowTheta) {
    keys.requireIs(ACTIVATION, TextNode.valueOf("gelu_pytorch_tanh"), "GEGLU is built with it");
    double scalar = above0(keys, SCALAR, DEFAULT_SCALAR);
    List<Integer> windowed = windowed(keys, type, layers);
    int window = windowed.isEmpty() ? 0 : window(keys, type);
    if (type == HfType.GEMMA2) {
      double cap = cap(keys, SCORE_CAP, GEMMA_2_SCORE_CAP);
      AttentionForm attention = new AttentionForm(scalar, cap, window, windowed, 0);
      return DecoderForm.gemma2(attention, cap(keys, LOGIT_CAP, GEMMA_2_LOGIT_CAP));
    }
    keys.requireIs(SCORE_CAP, NullNode.getInstance(), "Gemma 3 has no cap of scores");
    double theta = windowed.isEmpty() ? 0 : windowTheta;
    AttentionForm attention = new AttentionForm(scalar, 0, window, windowed, theta);
    return DecoderForm.gemma3(attention, cap(keys, LOGIT_CAP, 0));
  }

  private static double above0(JsonKeys keys, String key, double otherwise) {
    double number = keys.number(key, otherwise);
    Checks.require(
        number > 0 && number <= AttentionForm.MOST,
        "%s: %s must be > 0 and at most %s but is %s",
        keys.file(),
        key,
        AttentionForm.MOST,
        number);
    return number;
  }

  /** A cap; null is none, which is 0. */
  private static double cap(JsonKeys keys, String key, double otherwise) {
    if (keys.stated(key) && !keys.has(key)) {
      return 0;
    }
    return keys.has(key) ? above0(keys, key, otherwise) : otherwise;
  }

  private static int window(JsonKeys keys, HfType type) {
    Checks.require(
        !keys.stated(WINDOW) || keys.has(WINDOW),
        "%s: %s is null, but layers have the window; give it a value, or name all layers"
            + " full_attention in %s",
        keys.file(),
        WINDOW,
        LAYERS);
    return keys.count(WINDOW, type.window().orElseThrow());
  }

  /** The layers that are named, or else every second of Gemma 2 and five of six of Gemma 3. */
  private static List<Integer> windowed(JsonKeys keys, HfType type, int layers) {
    if (keys.has(LAYERS)) {
      return named(keys, layers);
    }
    Checks.require(
        !keys.stated(PATTERN) || keys.has(PATTERN),
        "%s: %s is null; give it a value, or leave it out for the default %d",
        keys.file(),
        PATTERN,
        DEFAULT_PATTERN);
    int pattern = type == HfType.GEMMA2 ? 2 : keys.count(PATTERN, DEFAULT_PATTERN);
    return IntStream.range(0, layers).filter(l -> (l + 1) % pattern != 0).boxed().toList();
  }

  private static List<Integer> named(JsonKeys keys, int layers) {
    JsonNode named = keys.node(LAYERS);
    Checks.require(
        named.isArray() && named.size() == layers,
        "%s: %s must be a list of %d names, one for each layer, but is %s",
        keys.file(),
        LAYERS,
        layers,
        Shown.text(named));
    List<Integer> windowed = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      JsonNode name = named.get(l);
      Checks.require(
          name.isTextual()
              && (name.asText().equals(HfWindow.FULL) || name.asText().equals(HfWindow.SLIDING)),
          "%s: %s names %s, but only %s and %s are built",
          keys.file(),
          LAYERS,
          Shown.text(name),
          HfWindow.FULL,
          HfWindow.SLIDING);
      if (name.asText().equals(HfWindow.SLIDING)) {
        windowed.add(l);
      }
    }
    return windowed;
  }

  /** Adds the keys of a model of these families. */
  static void put(ModelConfig c, int context, Map<String, @Nullable Object> keys) {
    DecoderForm form = c.form();
    AttentionForm attention = form.attention();
    keys.put(ACTIVATION, "gelu_pytorch_tanh");
    double scalar = attention.scalar() == 0 ? c.headSize() : attention.scalar();
    // transformers 5 takes no other numbers than integers here where it can
    keys.put(SCALAR, scalar == Math.rint(scalar) ? (Object) (long) scalar : (Object) scalar);
    keys.put(SCORE_CAP, attention.cap() == 0 ? null : attention.cap());
    keys.put(LOGIT_CAP, form.logitCap() == 0 ? null : form.logitCap());
    // transformers makes the mask of a window also where no layer has it
    keys.put(WINDOW, attention.window() == 0 ? context : attention.window());
    keys.put(
        LAYERS,
        IntStream.range(0, c.layers())
            .mapToObj(l -> attention.isWindowed(l) ? HfWindow.SLIDING : HfWindow.FULL)
            .toList());
    if (attention.windowTheta() > 0) {
      keys.put(LOCAL_THETA, attention.windowTheta());
    }
  }

  /** Refuses what neither of the two families is. */
  static void requireForm(ModelConfig c) {
    DecoderForm form = c.form();
    AttentionForm attention = form.attention();
    Checks.require(
        !c.qkvBias() && form.unrotated().isEmpty(),
        "a model that is built as Gemma and has biases or layers that are not rotated has no Hugging"
            + " Face form");
    Checks.require(
        form.headNorms() ? attention.cap() == 0 : attention.windowTheta() == 0,
        "a model that is built as Gemma has no Hugging Face form where it has a cap of scores (Gemma"
            + " 2) with normalised heads (Gemma 3), or without them a rotary base of its own in layers"
            + " with a window (Gemma 3)");
  }

  /** Gains as they are multiplied by, of files that hold them less one. */
  static void readGains(Weights weights) {
    weights
        .arrays()
        .forEach(
            (name, array) -> {
              if (WeightNames.isGain(name)) {
                shift(array, 1);
              }
            });
  }

  /** A gain as files hold it: what was read of one comes out as it was; the caller closes it. */
  static INDArray stored(INDArray gain) {
    INDArray less = gain.dup('c');
    shift(less, -1);
    return less;
  }

  private static void shift(INDArray array, float by) {
    FloatBuffer memory = Tensors.of(array).f();
    for (int i = 0; i < memory.capacity(); i++) {
      memory.put(i, memory.get(i) + by);
    }
  }
}
