package org.seal4j.model.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.Json;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.RopeScaling;

/**
 * The weights of one model as a safetensors file that carries the model's configuration, so that a
 * file never serves a model of the same shapes but other arithmetic.
 */
public final class WeightsFile {
  private static final String CONFIG = "model";

  /** Files of before 0.1 do not have it. */
  private static final String SCALING = "ropeScaling";

  /** Files of models like Llama do not have it, and those of before Gemma not all of it. */
  private static final String FORM = "form";

  private static final JsonMapper MAPPER = new JsonMapper();

  private WeightsFile() {}

  /** Replaces the file in one step. */
  public static void save(Weights weights, Path file) {
    save(weights, file, Map.of());
  }

  /**
   * Replaces the file in one step.
   *
   * @param notes further texts by name, such as what the weights belong to
   */
  public static void save(Weights weights, Path file, Map<String, String> notes) {
    Map<String, String> metadata = new TreeMap<>(notes);
    metadata.put(CONFIG, text(weights.config()));
    SafeTensors.write(file, weights.arrays(), metadata);
  }

  /** The texts that stand beside the weights, by name. */
  public static Map<String, String> notes(Path file) {
    return SafeTensors.metadata(file);
  }

  /** The configuration of the model whose weights the file holds. */
  public static ModelConfig config(Path file) {
    String text =
        Checks.present(
            SafeTensors.metadata(file).get(CONFIG),
            "%s has no metadata '%s': it was not written as the weights of a run; a model of Hugging Face is"
                + " named by its folder",
            file,
            CONFIG);
    String source = file + ", metadata '" + CONFIG + "'";
    JsonNode tree = Json.parse(text, JsonNode.class, source);
    if (tree instanceof ObjectNode config && !config.has(SCALING)) {
      config.set(SCALING, MAPPER.valueToTree(Json.toMap(RopeScaling.none())));
    }
    if (tree instanceof ObjectNode config) {
      ObjectNode known = MAPPER.valueToTree(Json.toMap(DecoderForm.llama()));
      config.putIfAbsent(FORM, known);
      if (config.get(FORM) instanceof ObjectNode form) {
        known.properties().forEach(one -> form.putIfAbsent(one.getKey(), one.getValue()));
      }
    }
    return Json.parse(tree.toString(), ModelConfig.class, source);
  }

  /** The weights of a file that must be of exactly this model. The caller closes them. */
  public static Weights load(ModelConfig config, Path file) {
    requireSame(config, file);
    return Weights.filled(config, weights -> SafeTensors.readInto(file, weights.arrays()));
  }

  /** As {@link #load}, and refuses a file that does not carry the proof of its own bytes. */
  public static Weights loadProven(ModelConfig config, Path file) {
    requireSame(config, file);
    return Weights.filled(config, weights -> SafeTensors.readProven(file, weights.arrays()));
  }

  /** Refuses a file that is not as it was written, or does not carry the proof of its bytes. */
  public static void requireProof(Path file) {
    try (SafeTensorsReader reader = SafeTensorsReader.open(file)) {
      reader.requireProof();
    }
  }

  private static void requireSame(ModelConfig config, Path file) {
    ModelConfig found = config(file);
    Checks.require(
        found.equals(config), "%s holds weights of %s but %s is expected", file, found, config);
  }

  private static String text(ModelConfig config) {
    Map<String, @Nullable Object> keys = Json.toMap(config);
    if (config.form().sameAsLlama()) {
      keys.remove(FORM);
    }
    try {
      return MAPPER.writeValueAsString(keys);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of numbers always has a JSON form", e);
    }
  }
}
