package org.seal4j.scripts.adapt;

import java.util.Locale;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.bundle.RouteBy;
import org.seal4j.lora.bundle.RouteWay;

/**
 * Whether there is one adapter for all passages, or a bundle of one for each.
 *
 * @param adapters {@code one} for all passages, or {@code passage}: one for each, kept apart in a
 *     bundle
 * @param route how a bundle finds the passage that a question is about: {@code bm25}, {@code
 *     states} or {@code both}
 * @param top adapters of a bundle that answer together, at most
 */
public record BundleKeys(Adapters adapters, RouteBy route, int top) {
  /** How many adapters a run trains. */
  public enum Adapters {
    /** One for all passages. */
    ONE,
    /** One for each passage. */
    PASSAGE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public BundleKeys {
    Checks.require(top >= 1, "bundle.top must be >= 1 but was %d", top);
  }

  /** Whether each passage has its own adapter. */
  boolean apart() {
    return adapters == Adapters.PASSAGE;
  }

  /** How questions are sent to passages. */
  RouteWay way() {
    return new RouteWay(route, top);
  }
}
