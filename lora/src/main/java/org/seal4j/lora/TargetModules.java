package org.seal4j.lora;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.seal4j.data.check.Checks;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.WeightNames;

/**
 * Which linears get an adapter. Four forms: {@code all-linear} (every linear but the output head,
 * as in PEFT), {@code all-linear+head}, a comma-separated list of names ({@code q_proj,v_proj}; a
 * name matches modules that are it or end with {@code .name}), or {@code regex:...} on the whole
 * module name.
 *
 * @param spec the text form
 */
public record TargetModules(@JsonValue String spec) {
  private static final String ALL = "all-linear";
  private static final String ALL_AND_HEAD = "all-linear+head";
  private static final String REGEX = "regex:";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TargetModules {
    Checks.require(
        !spec.isBlank(),
        "targetModules is empty; write all-linear, all-linear+head, a list such as"
            + " q_proj,v_proj, or regex:...");
    if (spec.startsWith(REGEX)) {
      compile(spec);
    }
  }

  /** Every linear but the output head. */
  public static TargetModules allLinear() {
    return new TargetModules(ALL);
  }

  /** Every linear, the output head included: what the outer loop needs to move a policy. */
  public static TargetModules allLinearAndHead() {
    return new TargetModules(ALL_AND_HEAD);
  }

  private static Pattern compile(String spec) {
    try {
      return Pattern.compile(spec.substring(REGEX.length()));
    } catch (PatternSyntaxException e) {
      throw Checks.refuse(
          "targetModules '%s' is no regular expression: %s", spec, e.getDescription());
    }
  }

  /**
   * The targeted modules of a model with their shapes {@code [out, in]}, in the order of the
   * forward pass.
   */
  public Map<String, long[]> resolve(ModelConfig config) {
    Map<String, long[]> all = WeightNames.modules(config);
    Map<String, long[]> chosen = new LinkedHashMap<>();
    List<String> unmatched = new ArrayList<>();
    if (spec.equals(ALL) || spec.equals(ALL_AND_HEAD)) {
      chosen.putAll(all);
      if (spec.equals(ALL)) {
        chosen.remove(WeightNames.HEAD);
      }
    } else if (spec.startsWith(REGEX)) {
      Pattern pattern = compile(spec);
      all.forEach((name, shape) -> keep(chosen, name, shape, pattern.matcher(name).matches()));
    } else {
      List<String> names = List.of(spec.strip().split("\\s*,\\s*", -1));
      all.forEach(
          (name, shape) -> keep(chosen, name, shape, names.stream().anyMatch(n -> ends(name, n))));
      names.stream()
          .filter(n -> all.keySet().stream().noneMatch(name -> ends(name, n)))
          .forEach(unmatched::add);
    }
    Checks.require(
        !chosen.isEmpty() && unmatched.isEmpty(),
        "targetModules '%s' matches no module%s of the model; it has %s",
        spec,
        unmatched.isEmpty() ? "" : " by " + unmatched,
        all.keySet());
    return chosen;
  }

  private static void keep(Map<String, long[]> chosen, String name, long[] shape, boolean wanted) {
    if (wanted) {
      chosen.put(name, shape);
    }
  }

  private static boolean ends(String module, String name) {
    return module.equals(name) || module.endsWith("." + name);
  }
}
