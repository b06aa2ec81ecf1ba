package org.seal4j.data.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.LongConsumer;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;

/**
 * Brings one file into the cache: whole, with the hash that it must have, and under its name in one
 * step.
 *
 * @param listener hears how many bytes of it are there
 */
record BlobFetch(HubClient client, HubCache cache, Patience patience, LongConsumer listener) {
  /**
   * Fetches a file and lets the commit have it.
   *
   * @param at the repository at a commit
   * @param links whether a snapshot may be links
   */
  void get(HubName at, RemoteFile file, boolean links) {
    cache.tag();
    HubCache.make(HubCache.parent(cache.blob(file.etag())));
    BlobLock.holding(
        cache.lock(file.etag()),
        () -> {
          if (!cache.has(at.revision(), file.name())) { // nobody was faster
            getAlone(at, file, links);
          }
        });
  }

  private void getAlone(HubName at, RemoteFile file, boolean links) {
    Path blob = cache.blob(file.etag());
    boolean isNew = !isWhole(blob, file);
    if (isNew) {
      fill(at, file);
      move(cache.incomplete(file.etag()), blob);
    }
    cache.point(at.revision(), file.name(), file.etag(), isNew, links);
  }

  /** A blob of another size was broken by somebody else. */
  private static boolean isWhole(Path blob, RemoteFile file) {
    try {
      return Files.exists(blob) && Files.size(blob) == file.size();
    } catch (IOException e) {
      throw Checks.refuse("cannot read %s: %s", blob, AtomicFile.reason(e));
    }
  }

  /** Fetches until the file is whole and right; one that was begun earlier may be begun anew. */
  private void fill(HubName at, RemoteFile file) {
    Path part = cache.incomplete(file.etag());
    String problem;
    try (PartialBlob blob = PartialBlob.open(part, file, listener)) {
      boolean resumed = blob.length() > 0;
      rest(at, file, blob);
      problem = blob.finish();
      if (!problem.isEmpty() && resumed) {
        blob.restart();
        rest(at, file, blob);
        problem = blob.finish();
      }
    }
    if (!problem.isEmpty()) {
      delete(part);
      throw Checks.refuse(
          "'%s' of %s came damaged: %s; it is deleted, fetch it again",
          file.name(), at.repository(), problem);
    }
  }

  private void rest(HubName at, RemoteFile file, PartialBlob blob) {
    boolean unused =
        patience.untilDone(
            () -> {
              if (!blob.isWhole()) {
                ask(at, file, blob);
              }
              return true;
            },
            blob::length);
  }

  private void ask(HubName at, RemoteFile file, PartialBlob blob) throws BrokenLine {
    try {
      client.get(at.revision(), file, blob.length(), blob.sink());
    } catch (BrokenLine e) {
      if (e.status() == HubLine.NO_SUCH_PART) {
        blob.restart();
      }
      throw e;
    }
    if (!blob.isWhole()) {
      throw new BrokenLine(
          "the hub sends %d of the %d bytes of '%s'"
              .formatted(blob.length(), file.size(), file.name()));
    }
  }

  private static void move(Path part, Path blob) {
    try {
      Files.move(part, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      AtomicFile.syncName(blob);
    } catch (IOException e) {
      throw Checks.refuse("cannot write %s: %s", blob, AtomicFile.reason(e));
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Checks.refuse("cannot delete %s: %s", file, AtomicFile.reason(e));
    }
  }
}
