package org.seal4j.scripts.run;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.AtomicFile;

/**
 * A folder that is about to be written, and how to take it back.
 *
 * @param root the folder itself
 * @param made the folders that were made for it, the innermost first; none where it was there
 */
public record NewFolder(Path root, List<Path> made) {
  /** What a run that was killed before it had its configuration leaves behind. */
  private static final Set<String> LEFT_BY_A_KILLED_START =
      Set.of(RunLock.FILE_NAME, "." + RunFolder.EFFECTIVE + ".partial");

  public NewFolder {
    made = List.copyOf(made);
  }

  /** Makes the folder, and those above it that are missing. */
  public static NewFolder make(Path root) throws IOException {
    NewFolder planned = planned(root);
    Files.createDirectories(root);
    return planned;
  }

  /**
   * Makes a folder of this name, or of {@code NAME-2}, {@code NAME-3} and so on where something is
   * there: of two processes that ask for one name each gets its own.
   */
  public static NewFolder claim(Path wanted) throws IOException {
    for (int n = 1; ; n++) {
      Path root = n == 1 ? wanted : wanted.resolveSibling(wanted.getFileName() + "-" + n);
      NewFolder planned = planned(root);
      Path parent = root.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      if (created(root)) {
        return planned;
      }
    }
  }

  private static boolean created(Path root) throws IOException {
    try {
      Files.createDirectory(root);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** What will have to be made for a folder, or a file, that somebody else is about to make. */
  public static NewFolder planned(Path root) {
    List<Path> missing = new ArrayList<>();
    for (Path at = root.toAbsolutePath(); at != null && !Files.exists(at); at = at.getParent()) {
      missing.add(at);
    }
    return new NewFolder(root, missing);
  }

  /** Whether a run may begin here: no file, and nothing inside but what a killed start left. */
  public static boolean isFree(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
    try (Stream<Path> inside = Files.list(path)) {
      return inside.allMatch(
          file -> LEFT_BY_A_KILLED_START.contains(String.valueOf(file.getFileName())));
    }
  }

  /** Removes everything inside, and the folders that were made. */
  public void takeBack() {
    try {
      if (Files.isDirectory(root)) {
        try (Stream<Path> inside = Files.walk(root)) {
          for (Path file : inside.sorted(Comparator.reverseOrder()).toList()) {
            if (!file.equals(root)) {
              Files.deleteIfExists(file);
            }
          }
        }
      }
      for (Path folder : made) {
        Files.deleteIfExists(folder);
      }
    } catch (DirectoryNotEmptyException e) {
      // other runs have begun beside this one: the folder is theirs as well
    } catch (IOException e) {
      throw new InputException(
          "cannot take back the run folder %s: %s".formatted(root, AtomicFile.reason(e)), e);
    }
  }
}
