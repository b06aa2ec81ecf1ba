package org.seal4j.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
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
 */
record HfRope(double theta, RopeScaling scaling) {
  private static final String THETA = "rope_theta";
  private static final String PARTIAL = "partial_rotary_factor";
  private static final String FACTOR = "factor";
  private static final String LOW = "low_freq_factor";
  private static final String HIGH = "high_freq_factor";
  private static final String ORIGINAL = "original_max_position_embeddings";

  /** Keys of each kind of scaling; those of llama3 have no meaning to the others. */
  private static final Set<String> KEYS =
      Set.of("rope_type", "type", THETA, PARTIAL, FACTOR, LOW, HIGH, ORIGINAL);

  static HfRope read(JsonKeys keys, HfType type, int context) {
    JsonKeys inner = keys.inner(keys.isUnset("rope_scaling") ? "rope_parameters" : "rope_scaling");
    for (Map.Entry<String, JsonNode> entry : inner.object().properties()) {
      Checks.require(
          KEYS.contains(entry.getKey()) || inner.isUnset(entry.getKey()),
          "%s: %s%s is %s, which is not supported; supported are the keys %s",
          keys.file(),
          inner.path(),
          Shown.text(entry.getKey()),
          Shown.text(entry.getValue()),
          KEYS.stream().sorted().toList());
    }
    requireInFull(keys);
    requireInFull(inner);
    JsonKeys saysTheta = inner.has(THETA) ? inner : keys;
    double theta = saysTheta.stated(THETA) ? saysTheta.number(THETA) : type.theta();
    Checks.require(
        theta > 1,
        "%s: %srope_theta must be > 1 but is %s",
        keys.file(),
        saysTheta.path(),
        plain(theta));
    return new HfRope(theta, scaling(inner, context));
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
