package org.seal4j.serve.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    List<Part> parts = new ArrayList<>();
    for (String named : text.split("\\+", -1)) {
      Part part = part(named.startsWith(base + ":") ? named.substring(base.length() + 1) : named);
      Checks.require(
          !part.name().equals(base),
          "%s is the model itself, over which adapters stand: name the adapters alone",
          base);
      parts.add(part);
    }
    return new ModelChoice(parts);
  }

  private static Part part(String text) {
    int star = text.indexOf('*');
    String named = star < 0 ? text : text.substring(0, star);
    int at = named.indexOf('@');
    return new Part(
        at < 0 ? named : named.substring(0, at),
        at < 0 ? "" : digits(named.substring(at + 1)),
        star < 0 ? 1 : weight(text.substring(star + 1)));
  }

  private static String digits(String hash) {
    Checks.require(!hash.isEmpty(), "behind '@' the first digits of a hash are missing");
    return hash.toLowerCase(Locale.ROOT);
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
