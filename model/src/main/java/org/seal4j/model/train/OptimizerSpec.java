package org.seal4j.model.train;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.NamedServices;
import org.seal4j.model.plan.Engine;

/**
 * An optimizer by name, with its numbers: {@code adamw}, {@code muon}, or what an {@link
 * OptimizerFactory} on the class path offers. Two forms: the name, or {@code {name: lion, beta1:
 * 0.95}}.
 *
 * @param name of the factory
 * @param options numbers other than the factory's defaults, by name
 */
public record OptimizerSpec(String name, Map<String, Double> options) {
  private static final NamedServices<OptimizerFactory> FACTORIES =
      new NamedServices<>(
          OptimizerFactory.class,
          "optimizer",
          OptimizerFactory::name,
          List.of(new AdamW.Factory(), new Muon.Factory()));

  /** AdamW with {@link AdamWConfig#defaults()}. */
  public static final OptimizerSpec ADAMW = of("adamw");

  /** Muon for the matrices of a model's layers, or for adapters. */
  public static final OptimizerSpec MUON = of("muon");

  public OptimizerSpec {
    // In an order of its own: what checkpoints say of their run is this as text.
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    Map<String, Double> known = FACTORIES.get(name).options();
    for (String option : options.keySet()) {
      Checks.require(
          known.containsKey(option),
          "the optimizer '%s' has no option '%s'; it has %s",
          name,
          option,
          known.isEmpty() ? "none" : String.join(", ", new TreeMap<>(known).keySet()));
    }
    if (!options.isEmpty()) {
      // Made once for a small matrix, so that a number out of range is refused here.
      create(name, options, new long[] {2, 2}, Engine.KERNELS).close();
    }
  }

  /** The optimizer of this name with its defaults. */
  public static OptimizerSpec of(String name) {
    return new OptimizerSpec(name, Map.of());
  }

  /** AdamW with these numbers. */
  public static OptimizerSpec adamW(AdamWConfig config) {
    return config.equals(AdamWConfig.defaults())
        ? ADAMW
        : new OptimizerSpec(ADAMW.name, config.options());
  }

  /** Reads either form: a text, or a map with {@code name} and numbers. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static OptimizerSpec read(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return of(value.toString());
    }
    Object name = Checks.present(map.get("name"), "an optimizer with options needs a 'name'");
    Map<String, Double> options = new LinkedHashMap<>();
    map.forEach(
        (key, number) -> {
          if (!"name".equals(key)) {
            Checks.require(
                number instanceof Number,
                "the option '%s' of the optimizer '%s' must be a number but is '%s'",
                key,
                name,
                number);
            options.put(key.toString(), ((Number) number).doubleValue());
          }
        });
    return new OptimizerSpec(name.toString(), options);
  }

  /** The form that {@link #read} takes: the name alone where there are no options. */
  @JsonValue
  Object written() {
    if (options.isEmpty()) {
      return name;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.putAll(new TreeMap<>(options));
    return map;
  }

  /** The names that can be given now, in alphabetical order. */
  public static List<String> names() {
    return FACTORIES.names();
  }

  /** The optimizer of a weight array of this shape. */
  public Optimizer create(long... shape) {
    return create(Engine.KERNELS, shape);
  }

  /** The same for one that runs graphs: the engine runs them. */
  public Optimizer create(Engine engine, long... shape) {
    return create(name, options, shape, engine);
  }

  private static Optimizer create(
      String name, Map<String, Double> options, long[] shape, Engine engine) {
    OptimizerFactory factory = FACTORIES.get(name);
    Map<String, Double> all = new TreeMap<>(factory.options());
    all.putAll(options);
    return factory.create(shape, Map.copyOf(all), engine);
  }

  /** Whether it updates this weight of a model. */
  boolean updates(String weight, long[] shape) {
    return FACTORIES.get(name).updates(weight, shape);
  }

  /** Part of the key by which pretrained models lie in the cache: these words never change. */
  String cacheKey() {
    return name.toUpperCase(Locale.ROOT) + (options.isEmpty() ? "" : new TreeMap<>(options));
  }
}
