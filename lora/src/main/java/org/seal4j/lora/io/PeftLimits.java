package org.seal4j.lora.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.JsonKeys;

/**
 * What takes targets of a PEFT adapter away, by the rules of PEFT 0.21: {@code exclude_modules}, a
 * list of names or a regular expression as in {@code target_modules}, and {@code
 * layers_to_transform}, the numbers of the layers that names stand for, under the modules that
 * {@code layers_pattern} lists.
 *
 * @param stated the keys that say something, as the file has them
 * @param excluded whether a module is excluded
 * @param layers numbers of layers; empty for all
 * @param patterns names that stand before the number of a layer; empty for any
 */
record PeftLimits(
    Map<String, JsonNode> stated,
    Predicate<String> excluded,
    List<Integer> layers,
    List<String> patterns) {
  static final String EXCLUDED = "exclude_modules";
  static final String LAYERS = "layers_to_transform";
  static final String PATTERN = "layers_pattern";
  private static final Pattern LAYER = Pattern.compile(".*\\.([^.]*)\\.(\\d{1,9})\\.");

  static PeftLimits none() {
    return new PeftLimits(Map.of(), module -> false, List.of(), List.of());
  }

  static PeftLimits read(JsonKeys keys) {
    Map<String, JsonNode> stated = new LinkedHashMap<>();
    for (String key : List.of(EXCLUDED, LAYERS, PATTERN)) {
      if (!keys.isUnset(key)) {
        stated.put(key, keys.node(key));
      }
    }
    List<Integer> layers = new ArrayList<>();
    for (JsonNode layer : items(keys, LAYERS)) {
      Checks.require(
          layer.isIntegralNumber() && layer.canConvertToInt() && layer.intValue() >= 0,
          "%s: %s must be the number of a layer or a list of such numbers but is %s",
          keys.file(),
          LAYERS,
          Shown.text(keys.node(LAYERS)));
      layers.add(layer.intValue());
    }
    List<String> patterns = texts(keys, PATTERN);
    for (String pattern : patterns) {
      Checks.require(
          pattern.matches("\\w+") && !layers.isEmpty(),
          "%s: %s is %s, but only names are read, and only beside %s",
          keys.file(),
          PATTERN,
          Shown.text(keys.node(PATTERN)),
          LAYERS);
    }
    return new PeftLimits(stated, excluded(keys), List.copyOf(layers), patterns);
  }

  private static Predicate<String> excluded(JsonKeys keys) {
    if (keys.node(EXCLUDED).isTextual() && !keys.isUnset(EXCLUDED)) {
      String expression = keys.node(EXCLUDED).textValue();
      return PythonPattern.of(expression, keys.file() + ": " + EXCLUDED)::matches;
    }
    List<String> names = texts(keys, EXCLUDED);
    return module -> names.stream().anyMatch(name -> PeftTargets.ends(module, name));
  }

  private static List<String> texts(JsonKeys keys, String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : items(keys, key)) {
      Checks.require(
          text.isTextual() && !text.textValue().isEmpty(),
          "%s: %s must be a name or a list of names but is %s",
          keys.file(),
          key,
          Shown.text(keys.node(key)));
      texts.add(text.textValue());
    }
    return List.copyOf(texts);
  }

  /** The elements of a list, or the one value; nothing of a key that says nothing. */
  private static Iterable<JsonNode> items(JsonKeys keys, String key) {
    JsonNode node = keys.node(key);
    return keys.isUnset(key) ? List.of() : node.isArray() ? node : List.of(node);
  }

  boolean areNone() {
    return stated.isEmpty();
  }

  /** Whether a module that a name stands for is in a layer that is wanted. */
  boolean hasLayer(String module) {
    if (layers.isEmpty()) {
      return true;
    }
    Matcher layer = LAYER.matcher(module);
    return layer.lookingAt()
        && (patterns.isEmpty() || patterns.contains(layer.group(1)))
        && layers.contains(Integer.parseInt(layer.group(2)));
  }
}
