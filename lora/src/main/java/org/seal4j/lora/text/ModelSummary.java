package org.seal4j.lora.text;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.seal4j.data.check.Amount;
import org.seal4j.model.AttentionForm;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.graph.RopeScaling;
import org.seal4j.model.weights.ModelFolder;

/** What a model is, in a few lines. */
public final class ModelSummary {
  private static final String POSITIONS = "positions";

  private ModelSummary() {}

  /** Facts by name, in the order of reading. */
  public static Map<String, String> of(ModelFolder model) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", model.source().toString());
    facts.put(
        "parameters",
        String.format(
            Locale.ROOT,
            "%,d (%.1f MB as float32)",
            model.weights().parameterCount(),
            4e-6 * model.weights().parameterCount()));
    facts.putAll(sizes(model.config()));
    facts.computeIfPresent(
        POSITIONS, (name, fact) -> fact + "; up to " + model.context() + " tokens");
    facts.put("end of text", model.endTokens().isEmpty() ? "not given" : ids(model));
    facts.put("tokenizer", model.tokenizer().map(Object::toString).orElse("none found"));
    facts.put("SHA-256 of the weights", model.weights().sha256());
    return facts;
  }

  /** The sizes of a model by name, in the order of reading. */
  public static Map<String, String> sizes(ModelConfig c) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "layers",
        "%d of width %d, feed-forward %d (%s)"
            .formatted(c.layers(), c.dim(), c.ffDim(), c.form().gemma() ? "GEGLU" : "SwiGLU"));
    facts.put(
        "attention",
        "%s of %d, %s%s%s%s"
            .formatted(
                Amount.of(c.heads(), "head"),
                c.headSize(),
                Amount.of(c.kvHeads(), "key-value head"),
                c.qkvBias() ? ", biases on query, key and value" : "",
                c.form().headNorms() ? ", heads of query and key normalised" : "",
                bounds(c)));
    facts.put(POSITIONS, positions(c));
    facts.put(
        "vocabulary",
        "%d ids, %s%s"
            .formatted(
                c.vocabSize(),
                c.tiedHead() ? "tied head" : "head of its own",
                c.form().logitCap() == 0
                    ? ""
                    : ", logits capped at " + plain(c.form().logitCap())));
    facts.put("norm epsilon", plain(c.normEps()));
    return facts;
  }

  /** Window, cap and divisor of scores, where they are not Llama's. */
  private static String bounds(ModelConfig c) {
    AttentionForm a = c.form().attention();
    String window =
        a.windowed().isEmpty()
            ? ""
            : ", a window of %d tokens in %s"
                .formatted(a.window(), Amount.of(a.windowed().size(), "layer"));
    String cap = a.cap() == 0 ? "" : ", scores capped at " + plain(a.cap());
    boolean usual = a.scalar() == 0 || a.scalar() == c.headSize();
    String divisor = usual ? "" : ", scores divided by the root of " + plain(a.scalar());
    return window + cap + divisor;
  }

  private static String ids(ModelFolder model) {
    return model.endTokens().size() == 1
        ? "id " + model.endTokens().get(0)
        : "ids " + model.endTokens();
  }

  private static String positions(ModelConfig c) {
    RopeScaling s = c.ropeScaling();
    String scaling =
        switch (s.kind()) {
          case NONE -> "";
          case LINEAR -> ", scaled by " + plain(s.factor());
          case LLAMA3 ->
              ", scaled as Llama 3 by %s from %d".formatted(plain(s.factor()), s.originalContext());
        };
    String unrotated =
        c.form().unrotated().isEmpty()
            ? ""
            : ", none in layers "
                + c.form().unrotated().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
    double other = c.form().attention().windowTheta();
    String windowed = other == 0 ? "" : ", in layers with the window " + plain(other);
    return "rotary, base %s%s%s%s".formatted(plain(c.ropeTheta()), scaling, windowed, unrotated);
  }

  /** A number without exponent and without zeros at its end. */
  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
