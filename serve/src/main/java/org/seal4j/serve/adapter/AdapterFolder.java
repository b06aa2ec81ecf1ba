package org.seal4j.serve.adapter;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import org.seal4j.lora.bundle.BundlePath;
import org.seal4j.lora.bundle.HashedFolder;
import org.seal4j.lora.io.PeftAdapter;

/**
 * The adapters of a server on disk. A folder of an adapter is written beside its place and renamed,
 * a pointer is replaced in one step, so that a killed server leaves nothing half. One server per
 * folder, which is locked.
 */
final class AdapterFolder implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final String CONFIG = "adapter_config.json";
  private static final String POINTER = "current";
  static final List<String> TEMPLATES = List.of("chat_template.jinja", "tokenizer_config.json");

  /** Of a template that is taken along. */
  private static final long MOST_BYTES = 4 << 20;

  private final Path root;

  /** Null where nothing can be written, so that servers cannot be in each other's way. */
  private final @Nullable FileChannel lock;

  private AdapterFolder(Path root, @Nullable FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Locks a folder until this is closed.
   *
   * @param folder is made where it is missing
   * @throws org.seal4j.data.check.InputException where another server has it
   */
  static AdapterFolder open(Path folder) {
    try {
      Files.createDirectories(folder);
      Path root = folder.toRealPath();
      if (!Files.isWritable(root)) {
        return new AdapterFolder(root, null);
      }
      FileChannel lock =
          FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(lock)) {
        lock.close();
        throw Checks.refuse(
            "another server has the folder of adapters %s; end it, or name another --adapters",
            folder);
      }
      return new AdapterFolder(root, lock);
    } catch (IOException e) {
      throw Checks.refuse("cannot use the folder %s: %s", folder, AtomicFile.reason(e));
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // of this process
    }
  }

  /** The folders in it, in the order of their names. */
  List<String> entries() {
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

  /** Whether an adapter of a user lies under a name. */
  boolean hasAdapter(String name) {
    Path path = root.resolve(name);
    return Files.exists(path.resolve(CONFIG))
        || Files.exists(path.resolve("adapter").resolve(CONFIG));
  }

  /** The bundle of a user under a name. */
  Optional<Path> bundle(String name) {
    return BundlePath.find(root.resolve(name));
  }

  /**
   * What a name stands for; empty where it has no pointer.
   *
   * @throws org.seal4j.data.check.InputException where the pointer leads nowhere
   */
  Optional<AdapterVersion> current(String name) {
    Path pointer = root.resolve(name).resolve(POINTER);
    if (!Files.isRegularFile(pointer)) {
      return Optional.empty();
    }
    String hash = TextFile.read(pointer, 128).trim();
    Checks.require(
        AdapterVersion.isHash(hash) && Files.isDirectory(root.resolve(name).resolve(hash)),
        "%s names an adapter that is not there: '%s'; load it again, or delete the file",
        pointer,
        Shown.text(hash));
    return Optional.of(new AdapterVersion(name, hash));
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
   * A path that a client named, which must lie in this folder, whatever links it has.
   *
   * @throws UnknownAdapterException where nothing is there
   */
  Path below(String named) {
    try {
      Path path = root.resolve(named).normalize();
      Checks.require(
          path.startsWith(root) && !path.equals(root),
          "lora_path must lie below the folder of adapters of this server, but '%s' does not",
          Shown.text(named));
      if (!Files.exists(path)) {
        throw new UnknownAdapterException(
            "there is no adapter at '%s' in the folder of adapters".formatted(Shown.text(named)));
      }
      Path real = path.toRealPath();
      Checks.require(
          real.startsWith(root),
          "lora_path must lie below the folder of adapters of this server, but '%s' is a link out of"
              + " it",
          Shown.text(named));
      return real;
    } catch (InvalidPathException e) {
      throw Checks.refuse("lora_path '%s' is no path", Shown.text(named));
    } catch (IOException e) {
      throw Checks.refuse("cannot read '%s': %s", Shown.text(named), AtomicFile.reason(e));
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
                adapter.save(partial);
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

  /** Whether it is stored. */
  boolean holds(AdapterVersion version) {
    return Files.isDirectory(place(version));
  }

  /** From now on the name stands for this version. */
  void point(AdapterVersion version) {
    AtomicFile.writeText(
        root.resolve(version.name()).resolve(POINTER), version.hash() + System.lineSeparator());
  }

  /** The name stands for nothing any more; what is stored stays. */
  void forget(String name) {
    Path pointer = root.resolve(name).resolve(POINTER);
    try {
      Files.deleteIfExists(pointer);
      AtomicFile.syncName(pointer);
    } catch (IOException e) {
      throw Checks.refuse("cannot delete %s: %s", pointer, AtomicFile.reason(e));
    }
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
