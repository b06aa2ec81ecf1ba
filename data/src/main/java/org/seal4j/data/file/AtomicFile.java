package org.seal4j.data.file;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/**
 * Writes a file so that its name always stands for whole content: the bytes go to a neighbour named
 * {@code .NAME.partial}, are synced to disk, and then take the place of the old file in one step. A
 * killed writer leaves the old file as it was, and at most the neighbour, which the next writer
 * overwrites. One writer per file at a time.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the content of a file to a stream; must not close it. */
  @FunctionalInterface
  public interface Body {
    /** Writes everything that belongs into the file. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Replaces the file by these bytes. */
  public static void write(Path file, byte[] content) {
    write(file, out -> out.write(content));
  }

  /** Replaces the file by this text in UTF-8. */
  public static void writeText(Path file, String content) {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Replaces the file by what the body writes; when the body throws, the old file stays.
   *
   * @throws InputException when the folder is missing or the disk refuses the file
   */
  public static void write(Path file, Body body) {
    Path target = file.toAbsolutePath();
    Path partial = folderOf(target).resolve(partialName(target));
    try {
      try {
        fill(partial, body);
        Files.move(
            partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(partial);
      }
      syncName(target);
    } catch (IOException e) {
      throw new InputException("cannot write %s: %s".formatted(file, reason(e)), e);
    }
  }

  /**
   * Refuses a file that cannot be written, before the work whose result it shall hold. Nothing is
   * left of the attempt.
   */
  public static void requireWritable(Path file) {
    Path target = file.toAbsolutePath();
    Path partial = folderOf(target).resolve(partialName(target));
    try {
      fill(partial, out -> {});
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      throw new InputException("cannot write %s: %s".formatted(file, reason(e)), e);
    }
  }

  /** The neighbour in which a file is written before it takes its name. */
  public static Path partial(Path file) {
    return file.resolveSibling(partialName(file));
  }

  private static String partialName(Path file) {
    return "." + file.getFileName() + ".partial";
  }

  /** Makes the name of a new or renamed file durable, so that it survives a power loss. */
  public static void syncName(Path file) throws IOException {
    if (File.separatorChar == '\\') {
      return; // Windows opens no folder for syncing and keeps names durable by itself
    }
    try (FileChannel channel = FileChannel.open(folderOf(file), StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw Checks.refuse(
          "cannot write %s: a folder has this name; remove it or choose another file name", file);
    }
    Checks.require(
        Files.isDirectory(folder),
        "cannot write %s: its folder does not exist; create it first",
        file);
    return folder;
  }

  private static void fill(Path partial, Body body) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      body.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /** What went wrong, without the path that {@link IOException} messages often are. */
  public static String reason(IOException e) {
    if (e instanceof java.nio.file.NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof java.nio.file.FileAlreadyExistsException again) {
      return again.getFile() + " is there and is no folder";
    }
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof java.nio.file.FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
