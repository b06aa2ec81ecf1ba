package org.seal4j.lora.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.ContentHash;

/**
 * A folder of files that is named by what is in them. It is filled beside its place and moved there
 * whole, so that a folder of such a name is never half of one.
 */
public final class HashedFolder {
  private static final String PARTIAL = ".partial";

  private HashedFolder() {}

  /** SHA-256 over the names and the bytes of the files of a folder, in the order of the names. */
  public static String hash(Path folder) {
    return hash(folder, file -> true);
  }

  /** The same over some of its files. */
  public static String hash(Path folder, Predicate<Path> counted) {
    List<String> parts = new ArrayList<>();
    for (Path file : files(folder).stream().filter(counted).toList()) {
      parts.add(String.valueOf(file.getFileName()));
      parts.add(ContentHash.ofFile(file));
    }
    return ContentHash.ofTexts(parts);
  }

  /** How many bytes its files have. */
  public static long bytes(Path folder) {
    long bytes = 0;
    for (Path file : files(folder)) {
      try {
        bytes += Files.size(file);
      } catch (IOException e) {
        throw Checks.refuse("cannot read %s: %s", file, AtomicFile.reason(e));
      }
    }
    return bytes;
  }

  /** The files of a folder, in the order of their names. */
  public static List<Path> files(Path folder) {
    Checks.require(Files.isDirectory(folder), "the folder %s is missing", folder);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .sorted(Comparator.comparing(file -> String.valueOf(file.getFileName())))
          .toList();
    } catch (IOException e) {
      throw Checks.refuse("cannot read %s: %s", folder, AtomicFile.reason(e));
    }
  }

  /**
   * Makes a folder of this content, or finds that it is there.
   *
   * @param above where it lies
   * @param body fills it
   * @return its hash, which is its name
   */
  public static String write(Path above, Consumer<Path> body) {
    Path partial = above.resolve(PARTIAL);
    try {
      delete(partial);
      Files.createDirectories(partial);
      body.accept(partial);
      String hash = hash(partial);
      Path place = above.resolve(hash);
      if (Files.exists(place) && hash(place).equals(hash)) {
        delete(partial);
      } else {
        delete(place);
        Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
      }
      AtomicFile.syncName(above.resolve(hash + PARTIAL));
      return hash;
    } catch (RuntimeException e) {
      try {
        delete(partial);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    } catch (IOException e) {
      throw Checks.refuse("cannot write %s: %s", above, AtomicFile.reason(e));
    }
  }

  /** Deletes what a writer that was killed left below a folder. */
  public static void deletePartial(Path above) throws IOException {
    delete(above.resolve(PARTIAL));
  }

  /** Copies the files of a folder into another one that is there. */
  static void copy(Path from, Path to) {
    for (Path file : files(from)) {
      AtomicFile.write(
          to.resolve(String.valueOf(file.getFileName())), out -> Files.copy(file, out));
    }
  }

  /** Deletes a folder with all that is in it, where it is there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
