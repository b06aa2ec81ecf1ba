package org.seal4j.scripts.corpus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.bundle.BundleContents;
import org.seal4j.lora.bundle.Gate;
import org.seal4j.lora.bundle.Gates;
import org.seal4j.lora.bundle.RouteBy;
import org.seal4j.lora.bundle.Routing;
import org.seal4j.lora.bundle.StateVector;

/** Finds the passages of one corpus that a question is for. */
final class CorpusRoutes implements AutoCloseable {
  private final BundleContents contents;
  private final Function<String, StateVector> reader;
  private final Map<Way, Routing> routings = new HashMap<>();
  private final Map<String, Gate> gates = new HashMap<>();

  private record Way(RouteBy by, int top, boolean gated) {}

  CorpusRoutes(BundleContents contents, Function<String, StateVector> reader) {
    this.contents = contents;
    this.reader = reader;
  }

  /**
   * Ids of passages, best first; empty where there is none.
   *
   * @param top at most so many
   * @param gated whether the question must be about something known
   */
  List<String> found(RouteBy by, int top, boolean gated, String question) {
    return routings
        .computeIfAbsent(new Way(by, top, gated), this::routing)
        .route(question)
        .choices()
        .stream()
        .map(choice -> choice.entry().passage())
        .toList();
  }

  private Routing routing(Way way) {
    return new Routing(
        contents, way.by.router(contents, reader), way.gated ? gate(way.by) : Gate.open(), way.top);
  }

  /** The gate of a way; all are set when the first is asked for. */
  private Gate gate(RouteBy by) {
    if (gates.isEmpty()) {
      gates.putAll(Gates.of(contents));
    }
    return Checks.present(gates.get(by.toString()), "there is no gate for %s", by);
  }

  @Override
  public void close() {
    routings.values().forEach(Routing::close);
    routings.clear();
  }
}
