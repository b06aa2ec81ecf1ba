package org.seal4j.data.document;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.AtomicFile;

/**
 * The files that a user gave, by themselves or in folders, in an order that does not depend on the
 * file system.
 *
 * @param files to be read
 * @param leftOut what stands in the folders and is no file to be read
 */
record DocumentFiles(List<Found> files, List<LeftOut> leftOut) {
  /**
   * A file.
   *
   * @param name below the folder that was given, with {@code /}, or the name of the file
   * @param given the path that was given
   * @param path of the file
   * @param inFolder whether a folder was given and not the file itself
   */
  record Found(String name, Path given, Path path, boolean inFolder) {
    Found named(String other) {
      return new Found(other, given, path, inFolder);
    }
  }

  /**
   * The files of these paths. Hidden files and folders are passed over; a link that leads out of a
   * folder, or to a folder, is left out.
   */
  static DocumentFiles find(List<Path> given, int most) {
    List<Found> files = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    Set<Path> known = new HashSet<>();
    for (Path path : given) {
      Checks.require(Files.exists(path), "%s is not there; name a file or a folder", path);
      List<Found> found = new ArrayList<>();
      if (Files.isDirectory(path)) {
        walk(path, found, leftOut, most);
        found.sort(Comparator.comparing(Found::name));
      } else {
        found.add(new Found(normal(path.getFileName()), path, path, false));
      }
      found.stream().filter(file -> known.add(real(file.path()))).forEach(files::add);
      Checks.require(
          files.size() <= most, "%s has more than %d files; give a smaller folder", path, most);
    }
    leftOut.sort(Comparator.comparing(LeftOut::name));
    return new DocumentFiles(FileNames.distinct(files), List.copyOf(leftOut));
  }

  private static void walk(Path folder, List<Found> found, List<LeftOut> leftOut, int most) {
    try {
      Path home = folder.toRealPath();
      Files.walkFileTree(
          home,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
              return at.equals(home) || !isHidden(at)
                  ? FileVisitResult.CONTINUE
                  : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path at, BasicFileAttributes attributes) {
              if (!isHidden(at)) {
                String name = normal(home.relativize(at));
                String reason = attributes.isRegularFile() ? "" : reason(home, at);
                if (reason.isEmpty()) {
                  found.add(new Found(name, folder, folder.resolve(home.relativize(at)), true));
                } else {
                  leftOut.add(new LeftOut(name, reason));
                }
              }
              Checks.require(
                  found.size() <= most,
                  "%s has more than %d files; give a smaller folder",
                  folder,
                  most);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path at, IOException e) {
              leftOut.add(new LeftOut(normal(home.relativize(at)), AtomicFile.reason(e)));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new InputException("cannot list %s: %s".formatted(folder, AtomicFile.reason(e)), e);
    }
  }

  /** Why something that is no regular file is not read; empty for a link to a file beside it. */
  private static String reason(Path home, Path at) {
    if (!Files.isSymbolicLink(at)) {
      return "no regular file but a pipe, a socket or a device";
    }
    if (!Files.exists(at)) {
      return "a link to nothing";
    }
    if (!real(at).startsWith(home)) {
      return "a link out of the folder, which is not followed; copy the file into it";
    }
    return Files.isRegularFile(at) ? "" : "a link to a folder, which is not followed";
  }

  private static boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /** The name as it is written everywhere: with slashes, and letters with their accents as one. */
  static String normal(Path name) {
    return Normalizer.normalize(name.toString().replace('\\', '/'), Normalizer.Form.NFC);
  }
}
