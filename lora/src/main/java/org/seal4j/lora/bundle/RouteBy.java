package org.seal4j.lora.bundle;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.seal4j.data.check.Checks;

/** The ways of a bundle to find a passage. */
public enum RouteBy {
  /** By shared words. */
  BM25,
  /** By the model's own states. */
  STATES,
  /** By both, fused. */
  BOTH;

  /** As it is written in files and on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The way of this name. */
  public static RouteBy of(String name) {
    for (RouteBy by : values()) {
      if (by.toString().equals(name)) {
        return by;
      }
    }
    throw Checks.refuse(
        "there is no way '%s' to find a passage; there are bm25, states and both", name);
  }

  /**
   * The router over the passages of a bundle.
   *
   * @param reader gives the state of a question; not asked by {@link #BM25}
   */
  public Router router(BundleContents bundle, Function<String, StateVector> reader) {
    return switch (this) {
      case BM25 -> new Bm25Router(bundle.entries());
      case STATES -> new StateRouter(bundle.entries(), origin(bundle), reader);
      case BOTH ->
          new FusedRouter(List.of(BM25.router(bundle, reader), STATES.router(bundle, reader)));
    };
  }

  /** The mean state of the questions about nothing known; without any the origin is zero. */
  private static StateVector origin(BundleContents bundle) {
    List<StateVector> others =
        bundle.questions().stream()
            .filter(question -> !question.known())
            .map(BundleQuestion::state)
            .toList();
    return others.isEmpty()
        ? StateVector.of(new float[bundle.entries().get(0).state().size()])
        : StateVector.mean(others);
  }
}
