package org.seal4j.scripts.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.launch.OnStop;

/**
 * The folder that holds everything one run writes. Only one process works in it at a time; close it
 * at the end of the run.
 */
public final class RunFolder implements AutoCloseable {
  /** The configuration as it was run: a complete recipe. */
  public static final String EFFECTIVE = "effective.yaml";

  /** Where a run keeps the pretrained model until its end if it does not share one. */
  public static final String OWN_CACHE = ".cache";

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path root;
  private final @Nullable NewFolder made;
  private final RunLock lock;

  private RunFolder(Path root, @Nullable NewFolder made, RunLock lock) {
    this.root = root;
    this.made = made;
    this.lock = lock;
  }

  /**
   * Makes the folder of a new run.
   *
   * @param recipe name of the recipe
   * @param out where to, or null for {@code runs/<recipe>-<UTC stamp>} in the current folder, with
   *     a number behind it where another run began in the same second
   * @param now start of the run
   * @param effective configuration to store
   */
  public static RunFolder create(String recipe, @Nullable Path out, Instant now, String effective) {
    Path root = out != null ? out : defaultRoot(recipe, now);
    try {
      Checks.require(
          out == null || NewFolder.isFree(root),
          "%s is not an empty folder; choose another --out, or resume it: --resume %s",
          root,
          root);
      NewFolder made = out == null ? NewFolder.claim(root) : NewFolder.make(root);
      root = made.root();
      RunFolder folder = new RunFolder(root, made, RunLock.take(root));
      try {
        OnStop.during(() -> StoredRecipe.write(folder.effective(), effective), made::takeBack);
      } catch (RuntimeException e) {
        folder.discard();
        throw e;
      }
      return folder;
    } catch (IOException e) {
      throw Checks.refuse(
          "cannot make the run folder %s: %s; choose another with --out",
          root, AtomicFile.reason(e));
    }
  }

  /**
   * Takes back all that this run wrote, with the folders that were made for it: for a run that was
   * refused before its first result. The folder of a run that was resumed stays.
   */
  public void discard() {
    close();
    if (made != null) {
      made.takeBack();
    }
  }

  /**
   * Bytes that the disk has left on which the folder of a new run will lie.
   *
   * @param out where to, or null for the default
   */
  public static double freeBytes(@Nullable Path out) {
    Path at = (out != null ? out : Path.of("runs")).toAbsolutePath();
    while (at.getParent() != null && !Files.exists(at)) {
      at = at.getParent();
    }
    try {
      return Files.getFileStore(at).getUsableSpace();
    } catch (IOException e) {
      return Double.POSITIVE_INFINITY; // a disk that does not say it is tried
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
      return new RunFolder(root, null, RunLock.take(root));
    } catch (IOException e) {
      throw Checks.refuse("cannot write to the run folder %s: %s", root, AtomicFile.reason(e));
    }
  }

  /**
   * The stored configuration of the run in this folder.
   *
   * @throws InputException where there is none; the message says whether the folder is that of a
   *     run that never began
   */
  public static Path configurationOf(Path root) {
    Path file = root.resolve(EFFECTIVE);
    Checks.require(
        Files.isRegularFile(file) || !Files.exists(root.resolve(RunLock.FILE_NAME)),
        "the run in %s was stopped before it began, so there is nothing to resume; start it again:"
            + " %s",
        root,
        CommandName.with("run", "RECIPE", "--out", root.toString()));
    Checks.require(
        Files.isRegularFile(file), "%s is not the folder of a run: it has no %s", root, EFFECTIVE);
    return file;
  }

  private static String readEffective(Path root) {
    return StoredRecipe.read(configurationOf(root));
  }

  /** The folder itself. */
  public Path root() {
    return root;
  }

  /** Whether this run was started before. */
  public boolean resumed() {
    return made == null;
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
    lock.close();
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
