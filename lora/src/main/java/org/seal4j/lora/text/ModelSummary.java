package org.seal4j.lora.text;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.graph.RopeScaling;
import org.seal4j.model.weights.ModelFolder;

/** What a model is, in a few lines. */
public final class ModelSummary {
  private ModelSummary() {}

  /** Facts by name, in the order of reading. */
  public static Map<String, String> of(ModelFolder model) {
    ModelConfig c = model.config();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", model.source().toString());
    facts.put(
        "parameters",
        String.format(
            Locale.ROOT,
            "%,d (%.1f MB as float32)",
            model.weights().parameterCount(),
            4e-6 * model.weights().parameterCount()));
    facts.put(
        "layers",
        c.layers() + " of width " + c.dim() + ", feed-forward " + c.ffDim() + " (SwiGLU)");
    facts.put(
        "attention",
        "%d heads of %d, %d key-value heads%s"
            .formatted(
                c.heads(),
                c.headSize(),
                c.kvHeads(),
                c.qkvBias() ? ", biases on query, key and value" : ""));
    facts.put("positions", positions(c, model.context()));
    facts.put(
        "vocabulary", c.vocabSize() + " ids, " + (c.tiedHead() ? "tied head" : "head of its own"));
    facts.put("norm epsilon", Double.toString(c.normEps()));
    facts.put("end of text", model.endTokens().isEmpty() ? "not given" : ids(model));
    facts.put("tokenizer", model.tokenizer().map(Object::toString).orElse("none found"));
    facts.put("SHA-256 of the weights", model.weights().sha256());
    return facts;
  }

  private static String ids(ModelFolder model) {
    return model.endTokens().size() == 1
        ? "id " + model.endTokens().get(0)
        : "ids " + model.endTokens();
  }

  private static String positions(ModelConfig c, int context) {
    RopeScaling s = c.ropeScaling();
    String scaling =
        switch (s.kind()) {
          case NONE -> "";
          case LINEAR -> ", scaled by " + s.factor();
          case LLAMA3 ->
              ", scaled as Llama 3 by %s from %d".formatted(s.factor(), s.originalContext());
        };
    return "rotary, base %s%s; up to %d tokens".formatted(c.ropeTheta(), scaling, context);
  }
}
