package org.seal4j.serve.adapter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.lora.bundle.BundlePath;

/**
 * The folder that a user keeps adapters and runs in. It is only read, but for {@link #OWN} in it,
 * where a server stores what it serves.
 */
final class AdapterFolder implements AutoCloseable {
  /** Where a server writes. */
  private static final String OWN = ".served";

  private static final String CONFIG = "adapter_config.json";

  /** What a run has from its start, and what it has when it has ended. */
  private static final List<String> BEGUN = List.of("effective.yaml", "manifest.json");

  private static final String ENDED = "SHA256SUMS";

  private final Path root;
  private final StoredAdapters stored;

  private AdapterFolder(Path root, StoredAdapters stored) {
    this.root = root;
    this.stored = stored;
  }

  /**
   * Opens it until this is closed.
   *
   * @param folder is made where it is missing
   * @throws org.seal4j.data.check.InputException where another server has it
   */
  static AdapterFolder open(Path folder) {
    try {
      Files.createDirectories(folder);
      Path root = folder.toRealPath();
      return new AdapterFolder(root, StoredAdapters.open(root, OWN, folder));
    } catch (IOException e) {
      throw Checks.refuse("cannot use the folder %s: %s", folder, AtomicFile.reason(e));
    }
  }

  /** What the server has stored. */
  StoredAdapters stored() {
    return stored;
  }

  /** The folders in it, in the order of their names. */
  List<String> entries() {
    try (Stream<Path> all = Files.list(root)) {
      return all.filter(Files::isDirectory)
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> !name.equals(OWN))
          .sorted()
          .toList();
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
      requireEnded(real);
      requireEnded(real.resolve(".."));
      return real;
    } catch (InvalidPathException e) {
      throw Checks.refuse("lora_path '%s' is no path", Shown.text(named));
    } catch (IOException e) {
      throw Checks.refuse("cannot read '%s': %s", Shown.text(named), AtomicFile.reason(e));
    }
  }

  /** A run may still refuse its adapter, or write to it. */
  private static void requireEnded(Path run) {
    Checks.require(
        Files.exists(run.resolve(ENDED))
            || !BEGUN.stream().allMatch(file -> Files.exists(run.resolve(file))),
        "the run has not ended; wait for it, or resume it, and load its adapter then");
  }

  @Override
  public void close() {
    stored.close();
  }
}
