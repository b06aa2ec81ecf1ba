package org.seal4j.scripts.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/**
 * Proves a run folder: each file by the proof that it carries, the files of a run by the run that
 * they name, a finished run by {@link Checksums}. Reads only.
 *
 * @param findings one per file that is there or should be, in the order of their names
 * @param finished whether the run was at its end
 */
public record RunProof(List<Finding> findings, boolean finished) {
  /** What a finished run has beyond the files that {@link Checksums} lists. */
  private static final List<String> AT_THE_END =
      List.of(
          "effective.yaml",
          "manifest.json",
          "report.html",
          "summary.json",
          "timings.json",
          Checksums.FILE_NAME);

  private static final List<String> WRITTEN_LAST =
      List.of("report.html", "summary.json", "timings.json");

  private static final List<String> FROM_THE_START = List.of("effective.yaml", "manifest.json");

  public RunProof {
    findings = List.copyOf(findings);
  }

  /** How a file stands. */
  public enum State {
    /** As it was written. */
    OK,
    /** As a run leaves it that was stopped: what is missing is written when it is resumed. */
    UNFINISHED,
    /** Not written by a run, and not looked at. */
    OTHER,
    /** Not as it was written. */
    DAMAGED,
    /** Should be there. */
    MISSING,
    /** As it was written, but by another run or for another place. */
    FOREIGN;

    /** Whether a run with such a file can be trusted. */
    public boolean good() {
      return this == OK || this == UNFINISHED || this == OTHER;
    }
  }

  /**
   * What was found of one file.
   *
   * @param file its path in the folder, with slashes
   * @param state how it stands
   * @param text more about it; a sentence with what to do where it is not good
   */
  public record Finding(String file, State state, String text) {}

  /**
   * Looks at every file of a run folder.
   *
   * @throws InputException when the folder is not that of a run
   */
  public static RunProof of(Path root) {
    Checks.require(Files.isDirectory(root), "%s is not a folder; name the folder of a run", root);
    Checks.require(
        Stream.concat(FROM_THE_START.stream(), Stream.of(Checksums.FILE_NAME))
            .anyMatch(name -> Files.exists(root.resolve(name), LinkOption.NOFOLLOW_LINKS)),
        "%s is not the folder of a run: it has none of %s",
        root,
        FROM_THE_START);
    Map<String, Path> files = files(root);
    // SHA256SUMS is written before the others, so that it is missing where one of them is alone.
    boolean summed = files.containsKey(Checksums.FILE_NAME);
    boolean finished = summed || files.keySet().stream().anyMatch(WRITTEN_LAST::contains);
    Map<String, String> listed =
        Files.isRegularFile(root.resolve(Checksums.FILE_NAME)) ? Checksums.read(root) : Map.of();
    FileProof proof = new FileProof(root, listed);
    Map<String, Finding> found = new TreeMap<>();
    files.forEach((name, file) -> found.put(name, proof.of(name, file)));
    TreeSet<String> needed = new TreeSet<>(finished ? AT_THE_END : FROM_THE_START);
    needed.addAll(listed.keySet());
    needed.removeAll(files.keySet());
    for (String name : needed) {
      found.put(name, new Finding(name, State.MISSING, FileProof.remedy(root, name)));
    }
    new LogLengths(root, files.keySet())
        .shorter()
        .forEach(f -> found.merge(f.file(), f, RunProof::worse));
    return new RunProof(new ArrayList<>(found.values()), finished);
  }

  private static Finding worse(Finding first, Finding second) {
    return first.state().good() ? second : first;
  }

  /** Whether every file is as it should be. */
  public boolean good() {
    return findings.stream().allMatch(finding -> finding.state().good());
  }

  /** Refuses a folder in which a file is damaged or of another run; others may be missing. */
  static void requireWhole(Path root) {
    FileProof proof = new FileProof(root, Map.of());
    files(root)
        .forEach(
            (name, file) -> {
              // those are written anew, and what they list is not final
              if (!name.equals(Checksums.FILE_NAME)) {
                Finding finding = proof.of(name, file);
                Checks.require(finding.state().good(), "%s", finding.text());
              }
            });
  }

  /** All files by their names, in order; also what has the name of a file and is none. */
  private static Map<String, Path> files(Path root) {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(file -> !Files.isDirectory(file) || isNamedAsFile(file))
          .filter(file -> !file.equals(root) && !file.equals(root.resolve(RunLock.FILE_NAME)))
          .forEach(
              file ->
                  files.put(
                      root.relativize(file).toString().replace(File.separatorChar, '/'), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static boolean isNamedAsFile(Path folder) {
    return String.valueOf(folder.getFileName())
        .matches(Checksums.FILE_NAME + "|.+[.](arrows?|safetensors|json|yaml|html)");
  }
}
