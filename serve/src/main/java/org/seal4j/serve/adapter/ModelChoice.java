package org.seal4j.serve.adapter;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;

/**
 * What a client names as its model: the base, {@code NAME}, {@code NAME@HASH}, any of them behind
 * {@code BASE:}, or several with weights, {@code law*0.5+tax*0.5}.
 *
 * @param parts adapters in effect together; empty for the base
 */
public record ModelChoice(List<Part> parts) {
  /** Digits of a hash that must be named at least. */
  private static final int FEWEST_DIGITS = 8;

  /**
   * One adapter.
   *
   * @param name that it is loaded under
   * @param hash what its hash begins with; empty for what the name stands for now
   * @param weight factor on what it adds
   */
  public record Part(String name, String hash, double weight) {
    public Part {
      AdapterVersion.requireName(name);
      Checks.require(
          hash.isEmpty() || (hash.length() >= FEWEST_DIGITS && hash.matches("[0-9a-f]{8,64}")),
          "a hash is named by its first %d to 64 hexadecimal digits but '%s' was",
          FEWEST_DIGITS,
          Shown.text(hash));
      Checks.require(
          Double.isFinite(weight), "the weight of an adapter must be a number but was %s", weight);
    }
  }

  public ModelChoice {
    parts = List.copyOf(parts);
  }

  /**
   * Reads it.
   *
   * @param base name of the model itself
   */
  public static ModelChoice of(String text, String base) {
    if (text.equals(base)) {
      return new ModelChoice(List.of());
    }
    String rest = text.startsWith(base + ":") ? text.substring(base.length() + 1) : text;
    List<Part> parts = new ArrayList<>();
    for (String part : rest.split("\\+", -1)) {
      parts.add(part(part));
    }
    return new ModelChoice(parts);
  }

  private static Part part(String text) {
    int star = text.indexOf('*');
    String named = star < 0 ? text : text.substring(0, star);
    int at = named.indexOf('@');
    return new Part(
        at < 0 ? named : named.substring(0, at),
        at < 0 ? "" : named.substring(at + 1),
        star < 0 ? 1 : weight(text.substring(star + 1)));
  }

  private static double weight(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw Checks.refuse(
          "the weight of an adapter must be a number, as in law*0.5, but was '%s'",
          Shown.text(text));
    }
  }
}
