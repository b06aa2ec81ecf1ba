package org.seal4j.serve.adapter;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.lora.serving.WeightedAdapter;
import org.seal4j.lora.text.TextModel;

/**
 * The adapters of a server. A name can be moved to another adapter, or taken away, while requests
 * are answered: each keeps what it began with. Safe to use from several threads.
 */
public final class AdapterShelf implements AutoCloseable {
  private final String base;
  private final AdapterLimits limits;
  private final @Nullable AdapterFolder folder;
  private final AdapterStock stock;
  private final Consumer<String> log;
  private final NamedAdapters names = new NamedAdapters();
  private final ServedBundles bundles;

  /** One name is moved at a time. */
  private final Object moving = new Object();

  /**
   * Opens the shelf. Adapters that lie in the folder without a pointer get one, by the name of
   * their folder; bundles are served by the names of theirs. What cannot be served is left out.
   *
   * @param model stays open as long as this; the caller closes it
   * @param base name of the model itself
   * @param root folder of the adapters; null where none are served
   * @param log takes a line about each thing in the folder that is left out, or found damaged
   */
  public AdapterShelf(
      TextModel model,
      String base,
      @Nullable Path root,
      AdapterLimits limits,
      Consumer<String> log) {
    this.base = base;
    this.limits = limits;
    this.log = log;
    folder = root == null ? null : AdapterFolder.open(root);
    stock = new AdapterStock(model, limits, names::pinnedHashes, log);
    bundles = new ServedBundles(model, stock);
    if (folder != null) {
      Set<String> all = new TreeSet<>(folder.entries());
      all.addAll(folder.stored().names());
      all.forEach(this::serve);
    }
  }

  /** Serves what lies in the folder under this name, unless something is wrong with it. */
  private void serve(String name) {
    try {
      Optional<AdapterVersion> version = folder().stored().current(name);
      if (version.isPresent()) {
        names.put(version.get(), false);
      } else if (folder().stored().isUnloaded(name)) {
        Checks.require(
            !folder().hasAdapter(name), "it was unloaded; load it again to have it served");
      } else if (folder().hasAdapter(name)) {
        load(name, folder().below(name), false, false);
      }
      Optional<Path> bundle = folder().bundle(name);
      if (bundle.isPresent()) {
        folder().below(name); // no link out of it, and no run that has not ended
        bundles.add(name, bundle.get());
      }
    } catch (InputException | UnknownAdapterException e) {
      log.accept("left out: %s: %s".formatted(Shown.text(name), e.getMessage()));
    }
  }

  /** {@link org.seal4j.model.Weights#sha256} of the model. */
  public String baseHash() {
    return stock.baseHash();
  }

  /** What the names stand for now, in the order of the names; bundles behind adapters. */
  public List<AdapterVersion> versions() {
    return Stream.concat(names.versions().stream(), bundles.versions().stream()).toList();
  }

  /** When an adapter was stored, or a bundle written; empty where its files are gone. */
  public Optional<Instant> since(AdapterVersion version) {
    Optional<Instant> written = bundles.written(version);
    return written.isPresent() ? written : folder().stored().since(version);
  }

  /** How many adapters are in memory. */
  public int inMemory() {
    return stock.inMemory();
  }

  /** How many times an adapter was read into memory. */
  public long loads() {
    return stock.loads();
  }

  /**
   * Loads an adapter and lets a name stand for it.
   *
   * @param path below the folder of adapters
   * @param moved whether a name that stands for another adapter is moved
   * @param pinned whether it stays in memory as long as the name stands for it
   * @throws UnknownAdapterException where nothing is there
   * @throws NameTakenException where the name is taken, and may not be moved
   */
  public AdapterVersion load(String name, String path, boolean moved, boolean pinned) {
    return load(name, folder().below(path), moved, pinned);
  }

  private AdapterVersion load(String name, Path path, boolean moved, boolean pinned) {
    AdapterVersion.requireName(name);
    Checks.require(!name.equals(base), "%s is the name of the model itself", name);
    synchronized (moving) {
      requireFree(name, moved, pinned);
      AdapterVersion version = stock.store(folder().stored(), name, path);
      folder().stored().point(version);
      names.put(version, pinned);
      stock.of(folder().stored(), version); // pinned ones are there
      return version;
    }
  }

  private void requireFree(String name, boolean moved, boolean pinned) {
    if (!moved && (names.get(name) != null || bundles.has(name))) {
      throw new NameTakenException(name);
    }
    Checks.require(!bundles.has(name), "%s is the name of a bundle", name);
    long others = names.pinnedBeside(name);
    Checks.require(
        !pinned || others + 1 < limits.loaded(),
        "%d names are pinned, and at least one of the %d adapters in memory must not be; unload one"
            + " of them, or set adapters.loaded higher",
        others,
        limits.loaded());
  }

  /**
   * Takes a name away. Requests that use its adapter go on.
   *
   * @throws UnknownAdapterException where it stands for nothing
   */
  public void unload(String name) {
    synchronized (moving) {
      AdapterVersion version = names.get(name);
      if (version == null) {
        throw unknown(name);
      }
      folder().stored().forget(name);
      names.remove(name);
      if (!names.areOf(version.hash())) {
        stock.forget(version.hash());
      }
    }
  }

  /**
   * The adapters that a client asks for.
   *
   * @param question by which a bundle chooses
   * @throws UnknownAdapterException where one is not there
   */
  public ChosenAdapters choose(ModelChoice choice, String question) {
    if (choice.parts().size() == 1) {
      ServedBundle bundle = bundles.get(choice.parts().get(0));
      if (bundle != null) {
        return bundles.choose(bundle, question);
      }
    }
    Checks.require(
        choice.parts().size() <= limits.together(),
        "at most %d adapters can be in effect together but %d are named",
        limits.together(),
        choice.parts().size());
    List<WeightedAdapter> adapters = new ArrayList<>();
    List<String> said = new ArrayList<>();
    Optional<ChatEncoder> chat = Optional.empty();
    for (ModelChoice.Part part : choice.parts()) {
      AdapterVersion version = adapter(part);
      Shelved one = stock.of(folder().stored(), version);
      adapters.add(new WeightedAdapter(one.adapter(), part.weight()));
      said.add(version.pinned() + (part.weight() == 1 ? "" : "*" + part.weight()));
      chat = choice.parts().size() == 1 ? one.chat() : Optional.empty();
    }
    return new ChosenAdapters(
        said.isEmpty() ? base : String.join("+", said), adapters, chat, List.of());
  }

  /**
   * The adapter, or the bundle, that a client names alone.
   *
   * @throws UnknownAdapterException where it is not there
   */
  public AdapterVersion version(ModelChoice.Part part) {
    ServedBundle bundle = bundles.get(part);
    return bundle != null ? bundle.version() : adapter(part);
  }

  private AdapterVersion adapter(ModelChoice.Part part) {
    AdapterVersion now = names.get(part.name());
    Checks.require(
        now != null || !bundles.has(part.name()),
        "%s is a bundle, which answers as it is: without a weight, other adapters, or another hash",
        part.name());
    if (now == null) {
      throw unknown(part.name());
    }
    return part.hash().isEmpty() || now.hash().startsWith(part.hash())
        ? now
        : folder()
            .stored()
            .find(part.name(), part.hash())
            .orElseThrow(() -> unknown(part.name() + "@" + part.hash()));
  }

  private AdapterFolder folder() {
    return Checks.present(
        folder, "this server has no folder of adapters; start it with --adapters FOLDER");
  }

  private static UnknownAdapterException unknown(String name) {
    return new UnknownAdapterException(
        "The model `%s` does not exist.".formatted(Shown.text(name)));
  }

  @Override
  public void close() {
    bundles.close();
    stock.close();
    if (folder != null) {
      folder.close();
    }
  }
}
