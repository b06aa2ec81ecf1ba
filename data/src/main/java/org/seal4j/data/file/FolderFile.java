package org.seal4j.data.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;

/**
 * Files of a folder that somebody else made: known by a plain name, regular, inside the folder, and
 * no larger than what they are for. A link may lead to another file of the folder, or from a
 * snapshot of a Hugging Face cache to its {@code blobs}; one that leads elsewhere is refused, so
 * that a folder never makes a command read, copy or publish another file of the machine.
 */
public final class FolderFile {
  /** Neither a path nor a control character. */
  private static final Pattern PLAIN = Pattern.compile("[^/\\\\\\p{Cntrl}]+");

  private FolderFile() {}

  /**
   * The file of this name, empty where there is none.
   *
   * @throws org.seal4j.data.check.InputException where the name is a path, or what it names is no
   *     regular file or a link that leaves the folder
   */
  public static Optional<Path> find(Path folder, String name) {
    Path file = plain(folder, name);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      Path home = folder.toRealPath();
      Path real = file.toRealPath();
      Checks.require(
          real.startsWith(home) || isBlob(home, real),
          "%s is a link to a file outside of its folder, which is not followed; copy the file into"
              + " the folder",
          file);
      Checks.require(Files.isRegularFile(real), "cannot read %s: it is no regular file", file);
    } catch (IOException e) {
      throw Checks.refuse("cannot read %s: %s", file, AtomicFile.reason(e));
    }
    return Optional.of(file);
  }

  /**
   * The same file, or a refusal where it is larger than that.
   *
   * @param most bytes
   */
  public static Path atMost(long most, Path file) {
    try {
      long size = Files.size(file);
      Checks.require(
          size <= most,
          "%s has %d bytes but at most %d are read: it is no such file",
          file,
          size,
          most);
      return file;
    } catch (IOException e) {
      throw Checks.refuse("cannot read %s: %s", file, AtomicFile.reason(e));
    }
  }

  private static Path plain(Path folder, String name) {
    boolean plain = PLAIN.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    Checks.require(plain, "%s: '%s' is no plain file name", folder, Shown.text(name));
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      throw Checks.refuse(
          "%s: '%s' is no file name on this system: %s",
          folder, Shown.text(name), Shown.text(e.getReason()));
    }
  }

  /** {@code snapshots/<revision>/name} leads to {@code blobs/<hash>} beside {@code snapshots}. */
  private static boolean isBlob(Path home, Path real) {
    for (Path at = home; at.getParent() != null; at = at.getParent()) {
      Path above = at.getParent();
      if (above.endsWith("snapshots")) {
        return above.resolveSibling("blobs").equals(real.getParent());
      }
    }
    return false;
  }
}
