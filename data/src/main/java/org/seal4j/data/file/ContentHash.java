package org.seal4j.data.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
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
    try (InputStream in = Files.newInputStream(RegularFile.require(file))) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new InputException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
    return hex(digest.digest());
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
