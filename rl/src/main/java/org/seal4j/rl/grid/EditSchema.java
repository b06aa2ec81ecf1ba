package org.seal4j.rl.grid;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.seal4j.data.arc.AugmentationFlags;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;

/**
 * Which few-shot self-edits exist: the tools offered, the loss strategies, the learning rates and
 * the numbers of epochs to choose from.
 *
 * @param tools the tools offered, in the order in which symbols are written
 * @param strategies the strategies offered
 * @param learningRates the choices; empty means any finite number above 0
 * @param epochChoices the choices; empty means any whole number from 1
 */
public record EditSchema(
    List<Tool> tools,
    List<Strategy> strategies,
    List<Double> learningRates,
    List<Integer> epochChoices) {
  public EditSchema {
    requireDistinct("tools", tools);
    requireDistinct("strategies", strategies);
    requireDistinct("learning rates", learningRates);
    requireDistinct("epochs", epochChoices);
    Checks.require(!strategies.isEmpty(), "an edit schema needs at least one strategy");
    for (double rate : learningRates) {
      Checks.require(
          Double.isFinite(rate) && rate > 0,
          "an edit schema offers learning rate %s; rates must be finite and above 0",
          rate);
    }
    for (int epochs : epochChoices) {
      Checks.require(epochs >= 1, "an edit schema offers %d epochs; it must be >= 1", epochs);
    }
    tools = List.copyOf(tools);
    strategies = List.copyOf(strategies);
    learningRates = List.copyOf(learningRates);
    epochChoices = List.copyOf(epochChoices);
  }

  /** The reference's schema: four tools, two strategies, free numbers (docs/seal.md §3.2). */
  public static EditSchema reference() {
    return new EditSchema(
        List.of(Tool.BASIC, Tool.SIZE, Tool.CHAIN, Tool.REPEAT),
        List.of(Strategy.values()),
        List.of(),
        List.of());
  }

  /**
   * The schema for small grids that cannot grow: 640 configurations.
   *
   * <p>Differs from SEAL: colour permutation is a tool of its own, size-changing tools are not
   * offered, learning rate and epochs are choices from short lists.
   */
  public static EditSchema compact() {
    return new EditSchema(
        List.of(Tool.BASIC, Tool.COLOR, Tool.CHAIN, Tool.REPEAT),
        List.of(Strategy.values()),
        List.of(1e-5, 1e-4, 1e-3, 3e-3, 1e-2),
        List.of(1, 2, 4, 8));
  }

  /** Whether learning rate and epochs are choices from lists, so that edits can be counted. */
  public boolean isFinite() {
    return !learningRates.isEmpty() && !epochChoices.isEmpty();
  }

  /** The number of different edits; refused for free numbers. */
  public int configurations() {
    requireFinite("counted");
    int numbers = Math.multiplyExact(learningRates.size(), epochChoices.size());
    return Math.multiplyExact((1 << tools.size()) * strategies.size(), numbers);
  }

  /** What there is to choose from, by name, in the order of reading. */
  public Map<String, String> choices() {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("tools", words(tools));
    choices.put("strategies", words(strategies));
    choices.put("learning rates", words(learningRates));
    choices.put("epochs", words(epochChoices));
    return choices;
  }

  private static String words(List<?> values) {
    return values.isEmpty()
        ? "any"
        : values.stream()
            .map(
                value ->
                    value instanceof Double rate
                        ? BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString()
                        : value.toString())
            .map(word -> word.toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
  }

  /** One edit, every configuration equally likely; refused for free numbers. */
  public FewShotEdit draw(Rng rng) {
    requireFinite("drawn");
    List<Tool> on = new ArrayList<>();
    for (Tool tool : tools) {
      if (rng.nextBoolean()) {
        on.add(tool);
      }
    }
    return new FewShotEdit(
        flags(on), rng.pick(strategies), rng.pick(learningRates), rng.pick(epochChoices));
  }

  /** The flags in which exactly these tools are on. */
  static AugmentationFlags flags(List<Tool> on) {
    return new AugmentationFlags(
        on.contains(Tool.BASIC),
        on.contains(Tool.SIZE),
        on.contains(Tool.CHAIN),
        on.contains(Tool.REPEAT),
        on.contains(Tool.COLOR));
  }

  void requireFinite(String what) {
    Checks.require(
        isFinite(),
        "edits of a schema with free numbers cannot be %s;"
            + " give lists of learning rates and epochs (the compact schema has them)",
        what);
  }

  private static void requireDistinct(String what, List<?> values) {
    Checks.require(
        new HashSet<>(values).size() == values.size(),
        "an edit schema names one of its %s twice: %s",
        what,
        values);
  }

  /** Part of the key by which pretrained models lie in the cache: these words never change. */
  public String cacheKey() {
    return "EditSchema[tools=%s, strategies=%s, learningRates=%s, epochChoices=%s]"
        .formatted(tools, strategies, learningRates, epochChoices);
  }
}
