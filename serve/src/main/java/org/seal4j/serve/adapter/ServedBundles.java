package org.seal4j.serve.adapter;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.seal4j.lora.bundle.Route;
import org.seal4j.lora.serving.WeightedAdapter;
import org.seal4j.lora.text.TextModel;

/** Bundles by their names, filled when a shelf is opened; each chooses adapters by the question. */
final class ServedBundles implements AutoCloseable {
  private final TextModel model;
  private final AdapterStock stock;
  private final Map<String, ServedBundle> byName = new TreeMap<>();

  /**
   * @param model stays open as long as this; the caller closes it
   * @param stock holds the adapters in memory; the caller closes it
   */
  ServedBundles(TextModel model, AdapterStock stock) {
    this.model = model;
    this.stock = stock;
  }

  void add(String name, Path folder) {
    byName.put(name, new ServedBundle(name, folder, model));
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  /** In the order of the names. */
  List<AdapterVersion> versions() {
    return byName.values().stream().map(ServedBundle::version).toList();
  }

  /** The bundle that a client names, as it is; null where the part is another thing. */
  @Nullable ServedBundle get(ModelChoice.Part part) {
    ServedBundle bundle = byName.get(part.name());
    return bundle != null && bundle.version().hash().startsWith(part.hash()) && part.weight() == 1
        ? bundle
        : null;
  }

  /** When the bundle of this version was written; empty where none is. */
  Optional<Instant> written(AdapterVersion version) {
    return Optional.ofNullable(byName.get(version.name()))
        .filter(bundle -> bundle.version().equals(version))
        .map(ServedBundle::written);
  }

  /** The adapters of the passages that a question is about. */
  ChosenAdapters choose(ServedBundle bundle, String question) {
    List<WeightedAdapter> adapters = new ArrayList<>();
    List<String> passages = new ArrayList<>();
    for (Route.Choice to : bundle.route(question).choices()) {
      Shelved one =
          stock.of(
              to.entry().adapter(), () -> new Shelved(bundle.read(to.entry()), Optional.empty()));
      adapters.add(new WeightedAdapter(one.adapter(), to.weight()));
      passages.add(to.entry().pinned());
    }
    return new ChosenAdapters(bundle.version().pinned(), adapters, Optional.empty(), passages);
  }

  @Override
  public void close() {
    byName.values().forEach(ServedBundle::close);
  }
}
