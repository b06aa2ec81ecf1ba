package org.seal4j.serve.adapter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** The hash of a file, or of those files of a folder that an adapter is read from. */
  static String hash(Path source) {
    return Files.isDirectory(source)
        ? HashedFolder.hash(source, KnownSources::isRead)
        : ContentHash.ofFile(source);
  }

  private static boolean isRead(Path file) {
    String name = String.valueOf(file.getFileName());
    return Files.isRegularFile(file)
        && (name.startsWith("adapter") || AdapterFolder.TEMPLATES.contains(name));
  }

  /** Under which hash these bytes are stored; null where they are not known. */
  @Nullable String stored(String hash) {
    return stored.get(hash);
  }

  /** Remembers them, unless they are others by now. */
  void remember(String hash, Path source, AdapterVersion version) {
    if (hash.equals(hash(source))) {
      stored.put(hash, version.hash());
    }
  }
}
