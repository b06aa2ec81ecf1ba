package org.seal4j.lora;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.seal4j.data.check.Checks;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.WeightNames;

/**
 * Which linears get an adapter. Four forms: {@code all-linear} (every linear but the output head,
 * as in PEFT), {@code all-linear+head}, a comma-separated list of names ({@code q_proj,v_proj}; a
 * name matches modules that are it or end with {@code .name}), or {@code regex:...} on the whole
 * module name. Before each may stand {@code last N:}, as in {@code last 10: all-linear}, which
 * leaves the layers out that are not among the last N; {@code last third:} and {@code last half:}
 * name a part of the model's layers, rounded up. What the layers below give is computed once for
 * all passes over a text.
 *
 * @param spec the text form
 */
public record TargetModules(@JsonValue String spec) {
  private static final String ALL = "all-linear";
  private static final String ALL_AND_HEAD = "all-linear+head";
  private static final String REGEX = "regex:";
  private static final Pattern LAST = Pattern.compile("last\\s+(\\d{1,6}|half|third)\\s*:\\s*(.*)");
  private static final Pattern LAYER = Pattern.compile("model\\.layers\\.(\\d+)\\..*");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TargetModules {
    Checks.require(
        !spec.isBlank(),
        "targetModules is empty; write all-linear, all-linear+head, a list such as"
            + " q_proj,v_proj, or regex:..., and before it last 10: for the last ten layers alone");
    Matcher last = LAST.matcher(spec.strip());
    if (last.matches()) {
      Checks.require(
          !last.group(1).matches("0+"),
          "targetModules '%s' leaves no layer; write last 1: or more",
          spec);
      new TargetModules(last.group(2));
    } else if (spec.startsWith(REGEX)) {
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
    Matcher last = LAST.matcher(spec.strip());
    if (last.matches()) {
      return ofLast(layers(last.group(1), config), new TargetModules(last.group(2)), config);
    }
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

  /** A number of layers, or a part of a model's, rounded up. */
  private static int layers(String count, ModelConfig config) {
    return switch (count) {
      case "half" -> (config.layers() + 1) / 2;
      case "third" -> (config.layers() + 2) / 3;
      default -> Integer.parseInt(count);
    };
  }

  private Map<String, long[]> ofLast(int layers, TargetModules targets, ModelConfig config) {
    Checks.require(
        layers <= config.layers(),
        "targetModules '%s' names the last %d layers of a model that has %d",
        spec,
        layers,
        config.layers());
    Map<String, long[]> chosen = new LinkedHashMap<>(targets.resolve(config));
    chosen.keySet().removeIf(module -> layer(module, config) < config.layers() - layers);
    Checks.require(
        !chosen.isEmpty(), "targetModules '%s' matches no module of the last layers", spec);
    return chosen;
  }

  /** Whether only some of the layers have adapters by a {@code last N:}. */
  public boolean isOfLastLayers() {
    return LAST.matcher(spec.strip()).matches();
  }

  /**
   * The number of layers below the first that has an adapter: no adapter changes what they give.
   */
  public int frozenLayers(ModelConfig config) {
    return resolve(config).keySet().stream()
        .mapToInt(module -> layer(module, config))
        .min()
        .orElse(config.layers());
  }

  /** The layer of a module; the number of layers for the head, which stands above them. */
  private static int layer(String module, ModelConfig config) {
    Matcher layer = LAYER.matcher(module);
    return layer.matches() ? Integer.parseInt(layer.group(1)) : config.layers();
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
