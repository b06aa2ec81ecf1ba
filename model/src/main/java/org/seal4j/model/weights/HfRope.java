package org.seal4j.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.JsonKeys;
import org.seal4j.model.graph.RopeScaling;

/**
 * Rotary embeddings as {@code config.json} describes them: {@code rope_theta} and {@code
 * rope_scaling}, or {@code rope_parameters} of transformers 5, which hold both. Where there are
 * both objects, {@code rope_scaling} counts, as in transformers 5.
 *
 * @param theta base of the frequencies
 * @param scaling how they are lowered
 * @param windowTheta of Gemma 3 the base in layers with a window, {@code rope_local_base_freq},
 *     which is not scaled; 0 of other families, where it is no other one
 */
record HfRope(double theta, RopeScaling scaling, double windowTheta) {
  private static final String SCALING = "rope_scaling";
  private static final String PARAMETERS = "rope_parameters";
  private static final String THETA = "rope_theta";
  private static final String PARTIAL = "partial_rotary_factor";
  private static final String FACTOR = "factor";
  private static final String LOW = "low_freq_factor";
  private static final String HIGH = "high_freq_factor";
  private static final double LOCAL = 10_000;
  private static final String ORIGINAL = "original_max_position_embeddings";

  /** Keys of each kind of scaling; those of llama3 have no meaning to the others. */
  private static final Set<String> KEYS =
      Set.of("rope_type", "type", THETA, PARTIAL, FACTOR, LOW, HIGH, ORIGINAL);

  static HfRope read(JsonKeys keys, HfType type, int context) {
    JsonKeys inner = global(keys, type);
    requireKnown(inner, KEYS);
    requireInFull(keys);
    requireInFull(inner);
    double theta = theta(inner.has(THETA) ? inner : keys, THETA, type.theta());
    return new HfRope(theta, scaling(inner, context), type == HfType.GEMMA3 ? local(keys) : 0);
  }

  /** What holds for all layers, or for those without a window. */
  private static JsonKeys global(JsonKeys keys, HfType type) {
    if (type != HfType.GEMMA3) {
      return keys.inner(keys.isUnset(SCALING) ? PARAMETERS : SCALING);
    }
    JsonKeys both = keys.inner(PARAMETERS);
    requireKnown(both, Set.of(HfWindow.FULL, HfWindow.SLIDING));
    Checks.require(
        keys.isUnset(SCALING) || both.isUnset(HfWindow.FULL),
        "%s: %s and %s.%s both say how layers are rotated; delete one of them",
        keys.file(),
        SCALING,
        PARAMETERS,
        HfWindow.FULL);
    return keys.isUnset(SCALING) ? both.inner(HfWindow.FULL) : keys.inner(SCALING);
  }

  /** The base in the layers of Gemma 3 that have a window. */
  private static double local(JsonKeys keys) {
    JsonKeys inner = keys.inner(PARAMETERS).inner(HfWindow.SLIDING);
    requireKnown(inner, Set.of("rope_type", THETA, PARTIAL));
    requireInFull(inner);
    inner.requireIs(
        "rope_type", TextNode.valueOf("default"), "layers with a window are not scaled");
    return inner.has(THETA) ? theta(inner, THETA, LOCAL) : theta(keys, HfGemma.LOCAL_THETA, LOCAL);
  }

  private static void requireKnown(JsonKeys inner, Set<String> known) {
    for (Map.Entry<String, JsonNode> entry : inner.object().properties()) {
      Checks.require(
          known.contains(entry.getKey()) || inner.isUnset(entry.getKey()),
          "%s: %s%s is %s, which is not supported; supported are the keys %s",
          inner.file(),
          inner.path(),
          Shown.text(entry.getKey()),
          Shown.text(entry.getValue()),
          known.stream().sorted().toList());
    }
  }

  private static double theta(JsonKeys keys, String key, double otherwise) {
    double theta = keys.stated(key) ? keys.number(key) : otherwise;
    Checks.require(
        theta > 1, "%s: %s%s must be > 1 but is %s", keys.file(), keys.path(), key, plain(theta));
    return theta;
  }

  private static void requireInFull(JsonKeys keys) {
    double share = keys.number(PARTIAL, 1);
    Checks.require(
        share == 1,
        "%s: %spartial_rotary_factor is %s but heads are rotated in full",
        keys.file(),
        keys.path(),
        plain(share));
  }

  private static RopeScaling scaling(JsonKeys inner, int context) {
    if (!inner.has("rope_type") && !inner.has("type")) {
      Checks.require(!inner.has(FACTOR), "%s: %srope_type is missing", inner.file(), inner.path());
      return RopeScaling.none();
    }
    String type = inner.text(inner.has("rope_type") ? "rope_type" : "type");
    return switch (type) {
      case "default" -> RopeScaling.none();
      case "linear" -> RopeScaling.linear(factor(inner));
      case "llama3" -> llama3(inner, context);
      default ->
          throw Checks.refuse(
              "%s: rope scaling '%s' is not supported; supported are %s",
              inner.file(), Shown.text(type), List.of("default", "linear", "llama3"));
    };
  }

  private static double factor(JsonKeys inner) {
    double factor = inner.number(FACTOR);
    Checks.require(
        factor >= 1,
        "%s: %sfactor must be >= 1 but is %s",
        inner.file(),
        inner.path(),
        plain(factor));
    return factor;
  }

  private static RopeScaling llama3(JsonKeys inner, int context) {
    double factor = factor(inner);
    double low = inner.number(LOW);
    double high = inner.number(HIGH);
    Checks.require(
        low > 0 && high > low,
        "%s: %s needs 0 < low_freq_factor < high_freq_factor but they are %s and %s",
        inner.file(),
        inner.path().replaceAll("\\.$", ""),
        plain(low),
        plain(high));
    return RopeScaling.llama3(factor, low, high, inner.count(ORIGINAL, context));
  }

  /** A number as a file writes it: 0 and not 0.0. */
  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
