package org.seal4j.model.gguf;

import java.nio.file.Path;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.gguf.GgufKeys;
import org.seal4j.data.gguf.GgufTensor;
import org.seal4j.model.graph.RopeConfig;
import org.seal4j.model.graph.RopeScaling;

/**
 * Rotary embeddings as a GGUF file describes them: a base, a linear scaling by keys, or the scaling
 * of Llama 3 as a tensor of factors. From the factors its rule is found again, since it is the rule
 * that other formats write down.
 *
 * @param config whose keys these are
 * @param headSize size of a head
 */
record GgufRope(GgufConfig config, int headSize) {
  private static final double DEFAULT_THETA = 10_000;

  /** Low and high factor of the rule in every model of Llama 3, and the texts of its training. */
  private static final double LOW = 1;

  private static final double HIGH = 4;
  private static final int ORIGINAL = 8192;

  private static final double CLOSE = 1e-4;

  private GgufKeys keys() {
    return config.header().keys();
  }

  private Path file() {
    return config.header().file();
  }

  double theta() {
    double theta = keys().number(config.key("rope.freq_base"), DEFAULT_THETA);
    Checks.require(
        theta > 1,
        "%s: %s must be > 1 but is %s",
        file(),
        config.key("rope.freq_base"),
        Double.toString(theta));
    return theta;
  }

  RopeScaling scaling() {
    String typeKey = config.key("rope.scaling.type");
    String factorKey = config.key("rope.scaling.factor");
    String linearKey = config.key("rope.scale_linear");
    String type = keys().text(typeKey, keys().has(linearKey) ? "linear" : "none");
    Checks.require(
        List.of("none", "linear").contains(type),
        "%s: %s is '%s', which is not supported; supported are none and linear",
        file(),
        typeKey,
        Shown.text(type));
    double factor =
        type.equals("linear") ? keys().number(factorKey, keys().number(linearKey, 1)) : 1;
    Checks.require(
        factor >= 1, "%s: %s must be >= 1 but is %s", file(), factorKey, Double.toString(factor));
    GgufTensor factors = config.header().tensors().get(GgufNames.ROPE_FACTORS);
    if (factors == null) {
      return factor == 1 ? RopeScaling.none() : RopeScaling.linear(factor);
    }
    Checks.require(
        factor == 1,
        "%s: %s is %s and there is the tensor %s; only one of them is supported",
        file(),
        factorKey,
        Double.toString(factor),
        GgufNames.ROPE_FACTORS);
    return llama3(factors);
  }

  /** The rule whose factors these are. */
  private RopeScaling llama3(GgufTensor tensor) {
    Checks.require(
        tensor.length() == headSize / 2,
        "%s: the tensor %s has %d values; expected %d, half of a head",
        file(),
        GgufNames.ROPE_FACTORS,
        tensor.length(),
        headSize / 2);
    float[] factors = TensorSource.values(file(), tensor);
    double factor = factors[factors.length - 1]; // the longest wave is scaled in full
    if (factor == 1 && isRule(RopeScaling.none(), factors)) {
      return RopeScaling.none();
    }
    int original = keys().count(config.key("rope.scaling.original_context_length"), ORIGINAL);
    RopeScaling rule =
        factor > 1 ? RopeScaling.llama3(factor, LOW, HIGH, original) : RopeScaling.none();
    Checks.require(
        isRule(rule, factors),
        "%s: the tensor %s holds factors that are not those of Llama 3 (from texts of %d tokens);"
            + " other ones are not built",
        file(),
        GgufNames.ROPE_FACTORS,
        original);
    return rule;
  }

  /** Whether the rule divides each frequency by its factor. */
  private boolean isRule(RopeScaling rule, float[] factors) {
    float[] plain = new RopeConfig(headSize, theta(), false).frequencies();
    float[] scaled = new RopeConfig(headSize, theta(), false, rule).frequencies();
    for (int i = 0; i < factors.length; i++) {
      double expected = (double) plain[i] / scaled[i];
      if (!(Math.abs(factors[i] - expected) <= CLOSE * expected)) {
        return false;
      }
    }
    return true;
  }
}
