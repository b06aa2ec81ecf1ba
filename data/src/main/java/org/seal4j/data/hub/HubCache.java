package org.seal4j.data.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.TextFile;

/**
 * One repository in the cache, in the layout of Python's huggingface_hub (1.0 to 2.4): {@code
 * models--OWNER--NAME} with {@code blobs/ETAG}, {@code snapshots/COMMIT/FILE}, which are links to
 * blobs, and {@code refs/REVISION}, which hold a commit.
 *
 * @param cache the whole cache
 * @param folder of the repository in it
 */
record HubCache(Path cache, Path folder) {
  private static final int COMMIT_BYTES = 256;
  private static final String TAG =
      """
      Signature: 8a477f597d28d172789f06886806bc55
      # This file marks a cache folder, see https://bford.info/cachedir/
      """;

  static HubCache of(Path cache, HubName name) {
    String folder = "models--" + name.owner() + "--" + name.name();
    return new HubCache(cache, cache.resolve(folder));
  }

  /** The commit that a revision meant when it was fetched last; empty where it never was. */
  Optional<String> commit(String revision) {
    if (HubName.isCommit(revision)) {
      return Files.isDirectory(snapshot(revision)) ? Optional.of(revision) : Optional.empty();
    }
    Path ref = ref(revision);
    if (!Files.isRegularFile(ref)) {
      return Optional.empty();
    }
    String commit = TextFile.read(ref, COMMIT_BYTES).strip();
    Checks.require(
        HubName.isCommit(commit), "%s holds no commit; delete it, and fetch the model again", ref);
    return Files.isDirectory(snapshot(commit)) ? Optional.of(commit) : Optional.empty();
  }

  Path snapshot(String commit) {
    return folder.resolve("snapshots").resolve(commit);
  }

  /** Where a file of a commit lies. */
  Path pointer(String commit, String file) {
    return snapshot(commit).resolve(file);
  }

  Path blob(String etag) {
    return folder.resolve("blobs").resolve(etag);
  }

  /** What is there of a blob so far. */
  Path incomplete(String etag) {
    return folder.resolve("blobs").resolve(etag + ".incomplete");
  }

  /** Held by who writes a blob. */
  Path lock(String etag) {
    return cache.resolve(".locks").resolve(folder.getFileName()).resolve(etag + ".lock");
  }

  private Path ref(String revision) {
    return folder.resolve("refs").resolve(revision);
  }

  /** Marks the folder as a cache, so that backups may pass it over. */
  void tag() {
    Path file = cache.resolve("CACHEDIR.TAG");
    make(cache);
    if (!Files.exists(file)) {
      replace(file, TAG);
    }
  }

  /** Notes which commit a revision means; a commit needs no note. */
  void refer(String revision, String commit) {
    Path ref = ref(revision);
    if (revision.equals(commit) || commit(revision).filter(commit::equals).isPresent()) {
      return;
    }
    make(parent(ref));
    replace(ref, commit);
  }

  /** In one step, and by way of a name that no other process has. */
  private static void replace(Path file, String text) {
    String own = ProcessHandle.current().pid() + "-" + Thread.currentThread().getId();
    Path beside = file.resolveSibling(file.getFileName() + "." + own + ".tmp");
    try {
      Files.writeString(beside, text);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Checks.refuse("cannot write %s: %s", file, AtomicFile.reason(e));
    }
  }

  /**
   * Lets a file of a commit be a blob: by a link, or where there can be none by a copy; a blob that
   * is new is moved then, as huggingface_hub does.
   */
  void point(String commit, String file, String etag, boolean isNew, boolean links) {
    Path pointer = pointer(commit, file);
    Path blob = blob(etag);
    make(parent(pointer));
    try {
      Path beside = pointer.resolveSibling("." + pointer.getFileName() + "." + etag + ".link");
      Files.deleteIfExists(beside);
      if (!links || !linked(beside, parent(pointer).relativize(blob))) {
        if (isNew) {
          Files.move(blob, pointer, StandardCopyOption.REPLACE_EXISTING);
          return;
        }
        Files.copy(blob, beside);
      }
      Files.move(beside, pointer, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Checks.refuse("cannot write %s: %s", pointer, AtomicFile.reason(e));
    }
  }

  private static boolean linked(Path at, Path target) {
    try {
      Files.createSymbolicLink(at, target);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false; // a copy says what is wrong, where it is not the link
    }
  }

  /** Whether a file of a commit is there; a link to a blob that is gone counts as none. */
  boolean has(String commit, String file) {
    return Files.isRegularFile(pointer(commit, file));
  }

  /** Makes a folder with all above it. */
  static void make(Path folder) {
    try {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw Checks.refuse("cannot make folder %s: %s", folder, AtomicFile.reason(e));
    }
  }

  static Path parent(Path file) {
    return Checks.present(file.getParent(), "%s lies in no folder", file);
  }
}
