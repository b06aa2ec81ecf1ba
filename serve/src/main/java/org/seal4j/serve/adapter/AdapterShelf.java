package org.seal4j.serve.adapter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.lora.bundle.Route;
import org.seal4j.lora.serving.WeightedAdapter;
import org.seal4j.lora.text.TextModel;

/**
 * The adapters of a server. A name can be moved to another adapter, or taken away, while requests
 * are answered: each keeps what it began with. Safe to use from several threads.
 */
public final class AdapterShelf implements AutoCloseable {
  private final TextModel model;
  private final String base;
  private final AdapterLimits limits;
  private final @Nullable AdapterFolder folder;
  private final AdapterStock stock;
  private final Consumer<String> log;

  /** Bundles by their names; filled when the shelf is opened. */
  private final Map<String, ServedBundle> bundles = new TreeMap<>();

  /** One name is moved at a time; taken before the other lock. */
  private final Object moving = new Object();

  /** Guards the fields below. */
  private final Object lock = new Object();

  private final Map<String, AdapterVersion> names = new TreeMap<>();

  /** Names whose adapters stay in memory. */
  private final Set<String> pins = new TreeSet<>();

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
    this.model = model;
    this.base = base;
    this.limits = limits;
    this.log = log;
    folder = root == null ? null : AdapterFolder.open(root);
    stock = new AdapterStock(model, limits, this::staying, log);
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
        names.put(name, version.get());
      } else if (folder().stored().isUnloaded(name)) {
        Checks.require(
            !folder().hasAdapter(name), "it was unloaded; load it again to have it served");
      } else if (folder().hasAdapter(name)) {
        load(name, folder().below(name), false, false);
      }
      Optional<Path> bundle = folder().bundle(name);
      if (bundle.isPresent()) {
        folder().below(name); // no link out of it, and no run that has not ended
        bundles.put(name, new ServedBundle(name, bundle.get(), model));
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
    List<AdapterVersion> all;
    synchronized (lock) {
      all = new ArrayList<>(names.values());
    }
    bundles.values().forEach(bundle -> all.add(bundle.version()));
    return all;
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
      synchronized (lock) {
        names.put(name, version);
        pins.remove(name);
        if (pinned) {
          pins.add(name);
        }
      }
      stock.of(folder().stored(), version); // pinned ones are there
      return version;
    }
  }

  private void requireFree(String name, boolean moved, boolean pinned) {
    synchronized (lock) {
      if (!moved && (names.containsKey(name) || bundles.containsKey(name))) {
        throw new NameTakenException(name);
      }
      Checks.require(!bundles.containsKey(name), "%s is the name of a bundle", name);
      long others = pins.stream().filter(pin -> !pin.equals(name)).count();
      Checks.require(
          !pinned || others + 1 < limits.loaded(),
          "%d names are pinned, and at least one of the %d adapters in memory must not be; unload"
              + " one of them, or set adapters.loaded higher",
          others,
          limits.loaded());
    }
  }

  /**
   * Takes a name away. Requests that use its adapter go on.
   *
   * @throws UnknownAdapterException where it stands for nothing
   */
  public void unload(String name) {
    synchronized (moving) {
      synchronized (lock) {
        AdapterVersion version = names.get(name);
        if (version == null) {
          throw unknown(name);
        }
        folder().stored().forget(name);
        names.remove(name);
        pins.remove(name);
        if (names.values().stream().noneMatch(one -> one.hash().equals(version.hash()))) {
          stock.forget(version.hash());
        }
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
      ServedBundle bundle = bundles.get(choice.parts().get(0).name());
      if (bundle != null && isOf(choice.parts().get(0), bundle.version())) {
        return routed(bundle, question);
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

  /** Whether a client names this version, as it is. */
  private static boolean isOf(ModelChoice.Part part, AdapterVersion version) {
    return version.hash().startsWith(part.hash()) && part.weight() == 1;
  }

  private ChosenAdapters routed(ServedBundle bundle, String question) {
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

  /**
   * The adapter, or the bundle, that a client names alone.
   *
   * @throws UnknownAdapterException where it is not there
   */
  public AdapterVersion version(ModelChoice.Part part) {
    ServedBundle bundle = bundles.get(part.name());
    return bundle != null && isOf(part, bundle.version()) ? bundle.version() : adapter(part);
  }

  private AdapterVersion adapter(ModelChoice.Part part) {
    AdapterVersion now;
    synchronized (lock) {
      now = names.get(part.name());
    }
    Checks.require(
        now != null || !bundles.containsKey(part.name()),
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

  /** Hashes of the adapters that pinned names stand for. */
  private Set<String> staying() {
    synchronized (lock) {
      return names.values().stream()
          .filter(version -> pins.contains(version.name()))
          .map(AdapterVersion::hash)
          .collect(Collectors.toSet());
    }
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
    bundles.values().forEach(ServedBundle::close);
    stock.close();
    if (folder != null) {
      folder.close();
    }
  }
}
