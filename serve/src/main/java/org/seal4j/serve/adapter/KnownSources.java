package org.seal4j.serve.adapter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.file.ContentHash;
import org.seal4j.lora.bundle.HashedFolder;

/**
 * What was read, proved and stored since the server began, by its bytes: a name that is moved back
 * need not wait for that again. A file that has changed has other bytes, and is read. Not
 * thread-safe.
 */
final class KnownSources {
  private static final int MOST = 1024;

  private final Map<String, String> stored =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  /**
   * The hash of a file, or of those files of a folder that an adapter is read from; empty where one
   * of them is a link, which whoever reads it has to look at.
   */
  static Optional<String> hash(Path source) {
    if (!Files.isDirectory(source)) {
      return Optional.of(ContentHash.ofFile(source));
    }
    return HashedFolder.files(source).stream()
            .anyMatch(file -> isRead(file) && Files.isSymbolicLink(file))
        ? Optional.empty()
        : Optional.of(HashedFolder.hash(source, KnownSources::isRead));
  }

  private static boolean isRead(Path file) {
    String name = String.valueOf(file.getFileName());
    return Files.isRegularFile(file)
        && (name.startsWith("adapter") || StoredAdapters.TEMPLATES.contains(name));
  }

  /** Under which hash these bytes are stored; null where they are not known. */
  @Nullable String stored(String hash) {
    return stored.get(hash);
  }

  /** Remembers them, unless they are others by now. */
  void remember(Optional<String> hash, Path source, AdapterVersion version) {
    if (hash.isPresent() && hash.equals(hash(source))) {
      stored.put(hash.get(), version.hash());
    }
  }
}
