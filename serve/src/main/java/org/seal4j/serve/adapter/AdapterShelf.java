package org.seal4j.serve.adapter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.data.text.chat.ChatTemplate;
import org.seal4j.lora.io.AdapterPath;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.text.TextModel;
import org.seal4j.serve.decode.WeightedAdapter;

/**
 * The adapters of a server. A name can be moved to another adapter, or taken away, while requests
 * are answered: each keeps what it began with. Safe to use from several threads.
 */
public final class AdapterShelf implements AutoCloseable {
  private final TextModel model;
  private final String base;
  private final AdapterLimits limits;
  private final @Nullable AdapterFolder folder;
  private final AdapterReader reader;

  /** One adapter is read and proved at a time. */
  private final Object loading = new Object();

  /** Guards the fields below. */
  private final Object lock = new Object();

  private final Map<String, AdapterVersion> names = new TreeMap<>();
  private final Set<String> pins = new TreeSet<>();
  private final Map<String, Loaded> loaded = new LinkedHashMap<>();
  private long askings;
  private long loads;

  /**
   * Opens the shelf. Adapters that lie in the folder without a pointer get one, by the name of
   * their folder.
   *
   * @param model stays open as long as this; the caller closes it
   * @param base name of the model itself
   * @param root folder of the adapters; null where none are served
   */
  public AdapterShelf(TextModel model, String base, @Nullable Path root, AdapterLimits limits) {
    this.model = model;
    this.base = base;
    this.limits = limits;
    folder = root == null ? null : new AdapterFolder(root);
    reader = new AdapterReader(model, limits);
    if (folder != null) {
      folder.versions().forEach(version -> names.put(version.name(), version));
      for (Path found : folder.unnamed()) {
        load(String.valueOf(found.getFileName()), found, false);
      }
    }
  }

  /** {@link org.seal4j.model.Weights#sha256} of the model. */
  public String baseHash() {
    return reader.baseHash();
  }

  /** What the names stand for now, in the order of the names. */
  public List<AdapterVersion> versions() {
    synchronized (lock) {
      return List.copyOf(names.values());
    }
  }

  /** How many adapters are in memory. */
  public int inMemory() {
    synchronized (lock) {
      return loaded.size();
    }
  }

  /** How many times an adapter was read into memory. */
  public long loads() {
    synchronized (lock) {
      return loads;
    }
  }

  /** Where an adapter lies. */
  public Path place(AdapterVersion version) {
    return folder().place(version);
  }

  /**
   * Loads an adapter and lets a name stand for it.
   *
   * @param path below the folder of adapters
   * @param pinned whether it stays in memory
   * @throws UnknownAdapterException where nothing is there
   */
  public AdapterVersion load(String name, String path, boolean pinned) {
    return load(name, folder().below(path), pinned);
  }

  private AdapterVersion load(String name, Path path, boolean pinned) {
    AdapterVersion.requireName(name);
    Checks.require(!name.equals(base), "%s is the name of the model itself", name);
    synchronized (loading) {
      Path found = AdapterPath.of(path);
      AdapterVersion version;
      try (PeftAdapter adapter = reader.read(found)) {
        version = folder().store(name, adapter, found);
        if (!isLoaded(version)) {
          keep(new Loaded(version.hash(), reader.proved(adapter), chat(version)));
        }
      }
      folder().point(version);
      synchronized (lock) {
        AdapterVersion before = names.put(name, version);
        if (before != null) {
          pins.remove(before.hash());
        }
        if (pinned) {
          pins.add(version.hash());
        }
        evict();
      }
      return version;
    }
  }

  /**
   * Takes a name away. Requests that use its adapter go on.
   *
   * @throws UnknownAdapterException where it stands for nothing
   */
  public void unload(String name) {
    synchronized (loading) {
      synchronized (lock) {
        AdapterVersion version = names.get(name);
        if (version == null) {
          throw unknown(name);
        }
        folder().forget(name);
        names.remove(name);
        pins.remove(version.hash());
        evictUnnamed(version.hash());
      }
    }
  }

  /**
   * The adapters that a client asks for; the caller closes the lease when nothing reads them any
   * more.
   *
   * @throws UnknownAdapterException where one is not there
   * @throws AdaptersBusyException where there is no place for one now
   */
  public AdapterLease lease(ModelChoice choice) {
    Checks.require(
        choice.parts().size() <= limits.together(),
        "at most %d adapters can be in effect together but %d are named",
        limits.together(),
        choice.parts().size());
    List<Loaded> held = new ArrayList<>();
    List<WeightedAdapter> adapters = new ArrayList<>();
    List<String> said = new ArrayList<>();
    try {
      for (ModelChoice.Part part : choice.parts()) {
        AdapterVersion version = version(part);
        Loaded one = hold(version);
        held.add(one);
        adapters.add(new WeightedAdapter(one.hash, one.bank, part.weight()));
        said.add(version.pinned() + (part.weight() == 1 ? "" : "*" + part.weight()));
      }
      Checks.require(
          held.stream().map(one -> one.bank.factors().keySet()).distinct().count() <= 1,
          "these adapters change different modules, so they cannot be in effect together");
    } catch (RuntimeException e) {
      release(held);
      throw e;
    }
    Optional<ChatEncoder> chat = held.size() == 1 ? held.get(0).chat : Optional.empty();
    String model = said.isEmpty() ? base : said.stream().collect(Collectors.joining("+"));
    return new AdapterLease(model, adapters, chat, () -> release(held));
  }

  private AdapterVersion version(ModelChoice.Part part) {
    AdapterVersion now;
    synchronized (lock) {
      now = names.get(part.name());
    }
    if (now == null) {
      throw unknown(part.name());
    }
    return part.hash().isEmpty() || now.hash().startsWith(part.hash())
        ? now
        : folder()
            .find(part.name(), part.hash())
            .orElseThrow(() -> unknown(part.name() + "@" + part.hash()));
  }

  /** The adapter in memory, which stays there. */
  private Loaded hold(AdapterVersion version) {
    Loaded there = inUse(version.hash());
    if (there != null) {
      return there;
    }
    synchronized (loading) {
      there = inUse(version.hash());
      if (there != null) {
        return there;
      }
      folder().requireWhole(version);
      try (PeftAdapter adapter = reader.read(folder().place(version))) {
        Loaded read = new Loaded(version.hash(), reader.proved(adapter), chat(version));
        read.users = 1;
        keep(read);
        return read;
      }
    }
  }

  private @Nullable Loaded inUse(String hash) {
    synchronized (lock) {
      Loaded found = loaded.get(hash);
      if (found != null) {
        found.users++;
        found.lastUse = ++askings;
      }
      return found;
    }
  }

  private boolean isLoaded(AdapterVersion version) {
    synchronized (lock) {
      return loaded.containsKey(version.hash());
    }
  }

  /** Puts an adapter where there is a place for it; closes it where there is none. */
  private void keep(Loaded read) {
    synchronized (lock) {
      read.lastUse = ++askings;
      loaded.put(read.hash, read);
      loads++;
      evict();
      if (loaded.size() > limits.loaded()) {
        loaded.remove(read.hash);
        read.bank.close();
        throw new AdaptersBusyException(limits.loaded());
      }
    }
  }

  /** Makes room: what nobody uses goes, that which was asked for longest ago first. */
  private void evict() {
    while (loaded.size() > limits.loaded()) {
      Optional<Loaded> oldest =
          loaded.values().stream()
              .filter(one -> one.users == 0 && !pins.contains(one.hash) && one.lastUse < askings)
              .min(Comparator.comparingLong(one -> one.lastUse));
      if (oldest.isEmpty()) {
        return;
      }
      loaded.remove(oldest.get().hash);
      oldest.get().bank.close();
    }
  }

  /** What no name stands for any more goes where nobody uses it. */
  private void evictUnnamed(String hash) {
    Loaded one = loaded.get(hash);
    boolean named = names.values().stream().anyMatch(version -> version.hash().equals(hash));
    if (one != null && one.users == 0 && !named) {
      loaded.remove(hash);
      one.bank.close();
    }
  }

  private void release(List<Loaded> held) {
    synchronized (lock) {
      for (Loaded one : held) {
        one.users--;
      }
      evict();
    }
  }

  private Optional<ChatEncoder> chat(AdapterVersion version) {
    Path place = folder().place(version);
    return ChatTemplate.text(place).isPresent()
        ? Optional.of(new ChatEncoder(ChatTemplate.load(place), model.tokenizer()))
        : Optional.empty();
  }

  private AdapterFolder folder() {
    return Checks.present(
        folder, "this server has no folder of adapters; start it with --adapters FOLDER");
  }

  private static UnknownAdapterException unknown(String name) {
    return new UnknownAdapterException(
        "The model `%s` does not exist.".formatted(Shown.text(name)));
  }

  /** Closes the adapters; no request may use one any more. */
  @Override
  public void close() {
    synchronized (lock) {
      loaded.values().forEach(one -> one.bank.close());
      loaded.clear();
    }
    reader.close();
  }
}
