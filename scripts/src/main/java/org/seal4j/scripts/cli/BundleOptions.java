package org.seal4j.scripts.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.BundleEntry;
import org.seal4j.lora.bundle.BundledModel;
import org.seal4j.lora.bundle.Route;
import org.seal4j.lora.bundle.RouteBy;
import org.seal4j.lora.bundle.RouteWay;
import org.seal4j.lora.text.TextModel;
import picocli.CommandLine.Option;

/** How a bundle of adapters finds those that a question is for, and how that is said. */
final class BundleOptions {
  @Option(
      names = "--route",
      paramLabel = "bm25|states|both",
      description =
          "With a bundle: how it finds the passage that a question is about: by shared words, by"
              + " the model's own states, or both. Default: as it was made.")
  private @Nullable RouteBy by;

  @Option(
      names = "--top",
      paramLabel = "N",
      description =
          "With a bundle: so many adapters answer together, their effects added. Default: as it was"
              + " made.")
  private @Nullable Integer top;

  /** Refuses the options where no bundle is asked. */
  void requireBundle(boolean asked) {
    Checks.require(
        asked || (by == null && top == null),
        "--route and --top are for a bundle of adapters, and --adapter names none; leave them out, or"
            + " name a bundle");
    Checks.require(top == null || top >= 1, "--top must be at least 1 but was %s", "" + top);
  }

  /** A bundle over a model, which stays open as long as this. */
  BundledModel open(Path folder, TextModel model) {
    Bundle bundle = Bundle.open(folder);
    RouteWay usual = bundle.contents().way();
    RouteWay way = new RouteWay(by == null ? usual.by() : by, top == null ? usual.top() : top);
    return BundledModel.open(bundle, model, way);
  }

  /** Who answered, a line each. */
  static List<String> sources(Route route) {
    if (route.choices().isEmpty()) {
      return List.of("from: none of the documents (the model as it is)");
    }
    return route.choices().stream()
        .map(choice -> choice.entry())
        .map(
            entry ->
                "from: "
                    + entry.source()
                    + (entry.title().isBlank() ? "" : " (" + entry.title() + ")"))
        .toList();
  }

  /** The same as fields of JSON. */
  static Map<String, Object> fields(Route route) {
    List<Map<String, Object>> from = new ArrayList<>();
    for (Route.Choice choice : route.choices()) {
      BundleEntry entry = choice.entry();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("passage", entry.passage());
      fields.put("source", entry.source());
      fields.put("title", entry.title());
      fields.put("adapter", entry.adapter());
      fields.put("score", choice.score());
      from.add(fields);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("from", from);
    all.put("evidence", route.evidence());
    all.put("threshold", route.gate().threshold());
    return all;
  }
}
