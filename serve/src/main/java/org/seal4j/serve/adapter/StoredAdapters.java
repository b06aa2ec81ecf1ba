package org.seal4j.serve.adapter;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.FolderFile;
import org.seal4j.data.file.TextFile;
import org.seal4j.lora.bundle.HashedFolder;
import org.seal4j.lora.io.PeftAdapter;

/**
 * What a server has stored: {@code NAME/HASH/} for each adapter, and the file {@code NAME/current}
 * with the hash that the name stands for. A folder of an adapter is written beside its place and
 * renamed, a pointer is replaced in one step, so that a killed server leaves nothing half. One
 * server per folder, which is locked.
 */
final class StoredAdapters implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final String POINTER = "current";

  /** In a pointer: the name was taken away, and stays so when the server starts again. */
  private static final String NONE = "none";

  static final List<String> TEMPLATES = List.of("chat_template.jinja", "tokenizer_config.json");

  /** Of a template that is taken along. */
  private static final long MOST_BYTES = 4 << 20;

  private final Path root;

  /** Null where nothing can be written, so that servers cannot be in each other's way. */
  private final @Nullable FileChannel lock;

  private StoredAdapters(Path root, @Nullable FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Locks a folder until this is closed.
   *
   * @param around the folder that it lies in
   * @param name of it; it is made where it is missing, unless what is around cannot be written
   * @param shown how the folder around is named to the user
   * @throws org.seal4j.data.check.InputException where another server has it
   */
  static StoredAdapters open(Path around, String name, Path shown) throws IOException {
    Path root = around.resolve(name);
    if (!Files.isWritable(Files.exists(root) ? root : around)) {
      return new StoredAdapters(root, null);
    }
    Files.createDirectories(root);
    FileChannel lock =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(lock)) {
      lock.close();
      throw Checks.refuse(
          "another server has the folder of adapters %s; end it, or name another --adapters",
          shown);
    }
    return new StoredAdapters(root, lock);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // of this process
    }
  }

  /** All names that something was ever stored under, in their order. */
  List<String> names() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(root)) {
      List<String> names = new ArrayList<>();
      for (Path path : all.filter(Files::isDirectory).sorted().toList()) {
        if (lock != null && !Files.isSymbolicLink(path)) {
          HashedFolder.deletePartial(path);
        }
        names.add(String.valueOf(path.getFileName()));
      }
      return names;
    } catch (IOException e) {
      throw Checks.refuse("cannot read %s: %s", root, AtomicFile.reason(e));
    }
  }

  /**
   * What a name stands for; empty where it has no pointer, or was taken away.
   *
   * @throws org.seal4j.data.check.InputException where the pointer leads nowhere
   */
  Optional<AdapterVersion> current(String name) {
    Optional<String> hash = pointer(name).filter(text -> !text.equals(NONE));
    hash.ifPresent(
        text ->
            Checks.require(
                AdapterVersion.isHash(text) && Files.isDirectory(root.resolve(name).resolve(text)),
                "%s names an adapter that is not there: '%s'; load it again, or delete the file",
                root.resolve(name).resolve(POINTER),
                Shown.text(text)));
    return hash.map(text -> new AdapterVersion(name, text));
  }

  /** Whether the name was taken away by a client. */
  boolean isUnloaded(String name) {
    return pointer(name).filter(NONE::equals).isPresent();
  }

  private Optional<String> pointer(String name) {
    Path pointer = root.resolve(name).resolve(POINTER);
    return Files.isRegularFile(pointer)
        ? Optional.of(TextFile.read(pointer, 128).trim())
        : Optional.empty();
  }

  Path place(AdapterVersion version) {
    return root.resolve(version.name()).resolve(version.hash());
  }

  /**
   * The stored adapter of this name whose hash begins so; empty where there is none, or several.
   */
  Optional<AdapterVersion> find(String name, String start) {
    Path folder = root.resolve(name);
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(folder)) {
      List<String> hashes =
          all.map(path -> String.valueOf(path.getFileName()))
              .filter(hash -> AdapterVersion.isHash(hash) && hash.startsWith(start))
              .toList();
      return hashes.size() == 1
          ? Optional.of(new AdapterVersion(name, hashes.get(0)))
          : Optional.empty();
    } catch (IOException e) {
      throw Checks.refuse("cannot read %s: %s", folder, AtomicFile.reason(e));
    }
  }

  /**
   * Stores an adapter under its hash; the name does not stand for it yet.
   *
   * @param from where it was read, for its chat template
   */
  AdapterVersion store(String name, PeftAdapter adapter, Path from) {
    AdapterVersion.requireName(name);
    Path above = root.resolve(name);
    try {
      Files.createDirectories(above);
    } catch (IOException e) {
      throw Checks.refuse("cannot make %s: %s", above, AtomicFile.reason(e));
    }
    try {
      String hash =
          HashedFolder.write(
              above,
              partial -> {
                adapter.saveByContent(partial);
                TEMPLATES.forEach(file -> copy(from, file, partial));
              });
      return new AdapterVersion(name, hash);
    } catch (RuntimeException e) {
      var unused = above.toFile().delete(); // does nothing where something is in it
      throw e;
    }
  }

  private static void copy(Path from, String file, Path to) {
    if (!Files.isDirectory(from)) {
      return;
    }
    FolderFile.find(from, file)
        .map(found -> FolderFile.atMost(MOST_BYTES, found))
        .ifPresent(found -> AtomicFile.write(to.resolve(file), out -> Files.copy(found, out)));
  }

  /** When it was stored; its folder is never changed afterwards. Empty where it is gone. */
  Optional<Instant> since(AdapterVersion version) {
    try {
      return Optional.of(Files.getLastModifiedTime(place(version)).toInstant());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether it is stored. */
  boolean holds(AdapterVersion version) {
    return Files.isDirectory(place(version));
  }

  /** From now on the name stands for this version. */
  void point(AdapterVersion version) {
    AtomicFile.writeText(
        root.resolve(version.name()).resolve(POINTER), version.hash() + System.lineSeparator());
  }

  /** The name stands for nothing any more, nor after a restart; what is stored stays. */
  void forget(String name) {
    AtomicFile.writeText(root.resolve(name).resolve(POINTER), NONE + System.lineSeparator());
  }

  /** Refuses a folder whose content is not that of its name any more. */
  void requireWhole(AdapterVersion version) {
    String found = HashedFolder.hash(place(version));
    Checks.require(
        found.equals(version.hash()),
        "the adapter %s is damaged: its files have the hash %s",
        version.pinned(),
        found);
  }

  /** Another server may have the folder then. */
  @Override
  public void close() {
    if (lock == null) {
      return;
    }
    try {
      lock.close();
    } catch (IOException e) {
      throw Checks.refuse("cannot release %s: %s", root, AtomicFile.reason(e));
    }
  }
}
