package org.seal4j.serve.adapter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.InputException;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.data.text.chat.ChatTemplate;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.io.AdapterPath;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.serving.ServedAdapter;
import org.seal4j.lora.text.TextModel;

/**
 * The adapters behind the names: reads, proves and stores them, and keeps those in memory that were
 * asked for last. Safe to use from several threads.
 */
final class AdapterStock implements AutoCloseable {
  private final TextModel model;
  private final AdapterReader reader;
  private final LoadedAdapters loaded;
  private final Supplier<Set<String>> staying;
  private final Consumer<String> log;

  /** One adapter is read and proved at a time. */
  private final Object reading = new Object();

  /** Guarded by {@link #reading}. */
  private final KnownSources sources = new KnownSources();

  /**
   * @param model stays open as long as this; the caller closes it
   * @param staying hashes of adapters that do not make room for others
   * @param log takes a line about each adapter that is found damaged
   */
  AdapterStock(
      TextModel model, AdapterLimits limits, Supplier<Set<String>> staying, Consumer<String> log) {
    this.model = model;
    this.staying = staying;
    this.log = log;
    loaded = new LoadedAdapters(limits.loaded());
    reader = new AdapterReader(model, limits);
  }

  /** {@link org.seal4j.model.Weights#sha256} of the model. */
  String baseHash() {
    return reader.baseHash();
  }

  /** How many adapters are in memory. */
  int inMemory() {
    return loaded.count();
  }

  /** How many times one was read into memory. */
  long loads() {
    return loaded.loads();
  }

  /**
   * Stores an adapter, and has it in memory.
   *
   * @param folder where it is stored
   * @param name under which
   * @param path of the adapter, or of a run around it
   */
  AdapterVersion store(StoredAdapters folder, String name, Path path) {
    synchronized (reading) {
      Path found = AdapterPath.of(path);
      Optional<String> source = KnownSources.hash(found);
      AdapterVersion version = known(folder, name, source);
      if (version != null && loaded.get(version.hash()) != null) {
        return version;
      }
      // Proved before it is stored, so that nothing of a refused one stays.
      try (PeftAdapter adapter = reader.read(found);
          AdapterBank bank = reader.proved(adapter)) {
        Optional<ChatEncoder> chat = chat(found);
        AdapterVersion stored = folder.store(name, adapter, found);
        if (loaded.get(stored.hash()) == null) {
          put(stored.hash(), new Shelved(ServedAdapter.of(stored.hash(), bank), chat));
        }
        sources.remember(source, found, stored);
        return stored;
      }
    }
  }

  /** What these bytes are stored as under this name; null where they are not. */
  private @Nullable AdapterVersion known(
      StoredAdapters folder, String name, Optional<String> source) {
    String hash = source.map(sources::stored).orElse(null);
    if (hash == null) {
      return null;
    }
    AdapterVersion version = new AdapterVersion(name, hash);
    return folder.holds(version) ? version : null;
  }

  /**
   * A stored adapter.
   *
   * @throws DamagedAdapterException where it is not what was stored
   */
  Shelved of(StoredAdapters folder, AdapterVersion version) {
    return of(version.hash(), () -> read(folder, version));
  }

  /** An adapter in memory, read where it is not there. */
  Shelved of(String hash, Supplier<Shelved> reads) {
    Shelved there = loaded.get(hash);
    if (there != null) {
      return there;
    }
    synchronized (reading) {
      there = loaded.get(hash);
      if (there != null) {
        return there;
      }
      Shelved read = reads.get();
      put(hash, read);
      return read;
    }
  }

  private Shelved read(StoredAdapters folder, AdapterVersion version) {
    try {
      folder.requireWhole(version);
      Path place = folder.place(version);
      try (PeftAdapter adapter = reader.read(place);
          AdapterBank bank = reader.proved(adapter)) {
        return new Shelved(ServedAdapter.of(version.hash(), bank), chat(place));
      }
    } catch (InputException e) {
      log.accept("damaged: %s: %s".formatted(version.pinned(), e.getMessage()));
      throw new DamagedAdapterException(version, e);
    }
  }

  private void put(String hash, Shelved read) {
    loaded.put(hash, read, staying.get());
  }

  /** Nothing stands for it any more. */
  void forget(String hash) {
    loaded.remove(hash);
  }

  /** The chat template in a folder of an adapter; an empty one is none. */
  private Optional<ChatEncoder> chat(Path place) {
    return Files.isDirectory(place)
            && ChatTemplate.text(place).filter(text -> !text.isBlank()).isPresent()
        ? Optional.of(new ChatEncoder(ChatTemplate.load(place), model.tokenizer()))
        : Optional.empty();
  }

  @Override
  public void close() {
    reader.close();
  }
}
