package org.seal4j.lora.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.JsonKeys;
import org.seal4j.lora.TargetModules;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.WeightNames;

/**
 * {@code target_modules} of a PEFT adapter by PEFT's rules: {@code all-linear}, a list of names of
 * which one match is enough (a name stands for modules that are it or end with it behind a dot), or
 * a regular expression of Python on whole names. Left out, it is {@code q_proj} and {@code v_proj},
 * PEFT's own choice for all families of models that are read.
 *
 * @param form a text or a list of texts, as the file has it
 * @param limits what takes some of the targets away
 * @param where file and key, for messages
 */
record PeftTargets(Object form, PeftLimits limits, String where) {
  private static final String KEY = "target_modules";
  private static final String ALL_LINEAR = "all-linear";
  private static final String REGEX = "regex:";
  private static final List<String> DEFAULT = List.of("q_proj", "v_proj");

  static PeftTargets read(JsonKeys keys) {
    String where = keys.file() + ": " + KEY;
    JsonNode node = keys.node(KEY);
    PeftLimits limits = PeftLimits.read(keys);
    if (node.isMissingNode()) {
      return new PeftTargets(DEFAULT, limits, where);
    }
    if (node.isTextual() && !node.textValue().isEmpty()) {
      String text = node.textValue();
      Checks.require(
          limits.layers().isEmpty(),
          "%s: %s goes with a list of %s alone, which is %s",
          keys.file(),
          PeftLimits.LAYERS,
          KEY,
          Shown.text(node));
      return new PeftTargets(text.equalsIgnoreCase(ALL_LINEAR) ? ALL_LINEAR : text, limits, where);
    }
    List<String> names = new ArrayList<>();
    node.forEach(name -> names.add(name.isTextual() ? name.textValue() : ""));
    Checks.require(
        node.isArray() && !names.isEmpty() && !names.contains(""),
        "%s must be a list of module names or a regular expression but is %s",
        where,
        Shown.text(node));
    return new PeftTargets(List.copyOf(names), limits, where);
  }

  /**
   * What stands for targets of ours.
   *
   * @param modules the targeted ones: PEFT has no other words for the last layers alone
   */
  static PeftTargets of(TargetModules targets, Collection<String> modules) {
    if (targets.isOfLastLayers()) {
      return new PeftTargets(List.copyOf(modules), PeftLimits.none(), KEY);
    }
    String spec = targets.spec();
    Object form =
        switch (spec) {
          case ALL_LINEAR -> ALL_LINEAR;
          case ALL_LINEAR + "+head" ->
              List.of(
                  "q_proj",
                  "k_proj",
                  "v_proj",
                  "o_proj",
                  "gate_proj",
                  "up_proj",
                  "down_proj",
                  WeightNames.HEAD);
          default ->
              spec.startsWith(REGEX)
                  ? spec.substring(REGEX.length())
                  : List.of(spec.strip().split("\\s*,\\s*"));
        };
    return new PeftTargets(form, PeftLimits.none(), KEY);
  }

  /**
   * The targeted modules of a model with their shapes {@code [out, in]}, in the order of the
   * forward pass.
   */
  Map<String, long[]> resolve(ModelConfig base) {
    Map<String, long[]> chosen = new LinkedHashMap<>(WeightNames.modules(base));
    Predicate<String> wanted = rule().and(limits.excluded().negate());
    for (String other : others(base)) {
      Checks.require(
          !wanted.test(other),
          "%s %s reaches %s, which is no linear; adapters of others are not built",
          where,
          Shown.text(form),
          other);
    }
    List<String> all = List.copyOf(chosen.keySet());
    chosen.keySet().removeIf(wanted.negate());
    Checks.require(
        !chosen.isEmpty(),
        "%s %s matches no module of the model; it has %s; the adapter may be one of another model",
        where,
        Shown.text(form),
        Shown.names(all));
    return chosen;
  }

  private Predicate<String> rule() {
    if (form.equals(ALL_LINEAR)) {
      return module -> module.endsWith("_proj"); // all linears of these models but the head
    }
    if (form instanceof String expression) {
      return PythonPattern.of(expression, where)::matches;
    }
    List<String> names = names();
    return module ->
        names.contains(module)
            || (names.stream().anyMatch(name -> ends(module, name)) && limits.hasLayer(module));
  }

  private List<String> names() {
    return form instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  static boolean ends(String module, String name) {
    return module.equals(name) || module.endsWith("." + name);
  }

  /** The modules of transformers' models that are no linears. */
  private static List<String> others(ModelConfig base) {
    List<String> others = new ArrayList<>();
    for (String part : List.of("", ".embed_tokens", ".layers", ".norm", ".rotary_emb")) {
      others.add("model" + part);
    }
    List<String> parts =
        new ArrayList<>(
            List.of(
                "",
                ".self_attn",
                ".mlp",
                ".mlp.act_fn",
                ".input_layernorm",
                ".post_attention_layernorm"));
    if (base.form().headNorms()) {
      parts.addAll(List.of(".self_attn.q_norm", ".self_attn.k_norm"));
    }
    if (base.form().gemma()) {
      parts.addAll(List.of(".pre_feedforward_layernorm", ".post_feedforward_layernorm"));
    }
    for (int l = 0; l < base.layers(); l++) {
      for (String part : parts) {
        others.add(WeightNames.layer(l) + part);
      }
    }
    return others;
  }

  /**
   * The same targets in our form.
   *
   * @param modules what {@link #resolve} gave
   */
  TargetModules asOurs(Collection<String> modules) {
    if (!limits.areNone()) {
      return new TargetModules(String.join(",", modules));
    }
    if (form.equals(ALL_LINEAR)) {
      return TargetModules.allLinear();
    }
    List<String> matching =
        names().stream().filter(name -> modules.stream().anyMatch(m -> ends(m, name))).toList();
    return new TargetModules(String.join(",", matching.isEmpty() ? modules : matching));
  }
}
