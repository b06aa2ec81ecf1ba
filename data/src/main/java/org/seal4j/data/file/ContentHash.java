package org.seal4j.data.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/**
 * SHA-256 of content, as 64 lower-case hexadecimal digits: what a manifest stores to say which data
 * a run has read, and what names a cached checkpoint. Equal to {@code sha256sum} for a file.
 */
public final class ContentHash {
  private ContentHash() {}

  /** The hash of these bytes. */
  public static String ofBytes(byte[] content) {
    return hex(sha256().digest(content));
  }

  /** The hash of this text in UTF-8. */
  public static String ofText(String content) {
    return ofBytes(content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The hash of a list of texts; where one text ends and the next begins counts, so {@code ["ab",
   * "c"]} and {@code ["a", "bc"]} differ.
   */
  public static String ofTexts(List<String> parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return hex(digest.digest());
  }

  /**
   * The hash of a file's bytes.
   *
   * @throws InputException when the file cannot be read
   */
  public static String ofFile(Path file) {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return hex(digest.digest());
  }

  /**
   * The hash of a folder: of the names (relative, with {@code /}) and hashes of all files below it
   * in name order. It changes when a file is added, removed, renamed or edited.
   *
   * @throws InputException when the folder cannot be read
   */
  public static String ofFolder(Path folder) {
    Checks.require(Files.isDirectory(folder), "cannot read %s: it is not a folder", folder);
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.filter(Files::isRegularFile)
          .forEach(file -> files.put(portableName(folder.relativize(file)), file));
    } catch (UncheckedIOException e) {
      throw new InputException("cannot read %s: %s".formatted(folder, e.getMessage()), e);
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    return ofTexts(
        files.entrySet().stream()
            .flatMap(file -> Stream.of(file.getKey(), ofFile(file.getValue())))
            .toList());
  }

  private static InputException unreadable(Path path, IOException e) {
    return new InputException("cannot read %s: %s".formatted(path, AtomicFile.reason(e)), e);
  }

  private static String portableName(Path relative) {
    return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
