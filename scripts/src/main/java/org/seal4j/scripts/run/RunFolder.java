package org.seal4j.scripts.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/**
 * The folder that holds everything one run writes. Only one process works in it at a time; close it
 * at the end of the run.
 */
public final class RunFolder implements AutoCloseable {
  /** The configuration as it was run: a complete recipe. */
  public static final String EFFECTIVE = "effective.yaml";

  /** Where a run keeps the pretrained model until its end if it does not share one. */
  public static final String OWN_CACHE = ".cache";

  private static final String LOCK = ".lock";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path root;
  private final boolean resumed;
  private final FileChannel lock;

  private RunFolder(Path root, boolean resumed, FileChannel lock) {
    this.root = root;
    this.resumed = resumed;
    this.lock = lock;
  }

  /**
   * Makes the folder of a new run.
   *
   * @param recipe name of the recipe
   * @param out where to, or null for {@code runs/<recipe>-<UTC stamp>} in the current folder
   * @param now start of the run
   * @param effective configuration to store
   */
  public static RunFolder create(String recipe, @Nullable Path out, Instant now, String effective) {
    Path root = out != null ? out : defaultRoot(recipe, now);
    try {
      Checks.require(
          !Files.exists(root) || isEmptyFolder(root),
          "%s is not an empty folder; choose another --out, or resume it: --resume %s",
          root,
          root);
      Files.createDirectories(root);
      RunFolder folder = new RunFolder(root, false, lock(root));
      StoredRecipe.write(folder.effective(), effective);
      return folder;
    } catch (IOException e) {
      throw Checks.refuse("cannot make the run folder %s: %s", root, e);
    }
  }

  static Path defaultRoot(String recipe, Instant now) {
    return Path.of("runs", recipe + "-" + STAMP.format(now));
  }

  /**
   * Goes on in the folder of an interrupted run.
   *
   * @param effective configuration of this start; it must equal the stored one
   */
  public static RunFolder resume(Path root, String effective) {
    String stored = readEffective(root);
    Checks.require(
        stored.equals(effective),
        "%s was run with another configuration (%s); resume it without changes, or start a new run",
        root,
        firstDifference(stored, effective));
    try {
      return new RunFolder(root, true, lock(root));
    } catch (IOException e) {
      throw Checks.refuse("cannot write to the run folder %s: %s", root, e);
    }
  }

  /** The stored configuration of a run; refuses a folder that is none. */
  private static String readEffective(Path root) {
    Path file = root.resolve(EFFECTIVE);
    Checks.require(
        Files.isRegularFile(file), "%s is not the folder of a run: it has no %s", root, EFFECTIVE);
    return StoredRecipe.read(file);
  }

  /** The folder itself. */
  public Path root() {
    return root;
  }

  /** Whether this run was started before. */
  public boolean resumed() {
    return resumed;
  }

  /** The configuration as it was run. */
  public Path effective() {
    return root.resolve(EFFECTIVE);
  }

  /** How the run was made: configuration, seeds, data hashes, versions, machine. */
  public Path manifest() {
    return root.resolve("manifest.json");
  }

  /** The row log of a kind of rows, such as {@code edits}: an Arrow stream. */
  public Path log(String rows) {
    return root.resolve(rows + ".arrows");
  }

  /** A table that is written once, such as {@code tasks}: an Arrow file. */
  public Path table(String rows) {
    return root.resolve(rows + ".arrow");
  }

  /** The results for machines. */
  public Path summary() {
    return root.resolve("summary.json");
  }

  /** The results for people: one file, no network. */
  public Path report() {
    return root.resolve("report.html");
  }

  /** Where checkpoints of the run lie; made when first asked for. */
  public Path checkpoints() {
    try {
      return Files.createDirectories(root.resolve("checkpoints"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Held until closed; the system lets go of it when the process dies. */
  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!tryLock(channel)) {
      channel.close();
      throw Checks.refuse("another process is working in %s right now", root);
    }
    return channel;
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock held = channel.tryLock();
      return held != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static boolean isEmptyFolder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> inside = Files.list(path)) {
      return inside.findAny().isEmpty();
    }
  }

  private static String firstDifference(String stored, String now) {
    List<String> old = stored.lines().toList();
    List<String> fresh = now.lines().toList();
    for (int i = 0; i < Math.min(old.size(), fresh.size()); i++) {
      if (!old.get(i).equals(fresh.get(i))) {
        return "line "
            + (i + 1)
            + ": '"
            + old.get(i).strip()
            + "' then, '"
            + fresh.get(i).strip()
            + "' now";
      }
    }
    return old.size() + " lines then, " + fresh.size() + " lines now";
  }
}
