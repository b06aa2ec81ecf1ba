package org.seal4j.data.hub;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a file while it comes: SHA-256 where the hub gives one, else that of git (SHA-1 over
 * {@code blob SIZE}, a zero and the content) where the ETag has its form, else none.
 */
final class BlobHash {
  private final String kind;
  private final String expected;
  private final @Nullable MessageDigest digest;

  private BlobHash(String kind, String expected, @Nullable MessageDigest digest) {
    this.kind = kind;
    this.expected = expected;
    this.digest = digest;
  }

  static BlobHash of(RemoteFile file) {
    if (file.sha256().isPresent()) {
      return new BlobHash("SHA-256", file.sha256().get(), digest("SHA-256"));
    }
    if (!HubName.isCommit(file.etag())) {
      return new BlobHash("", "", null);
    }
    MessageDigest git = digest("SHA-1");
    git.update(("blob " + file.size() + "\0").getBytes(StandardCharsets.US_ASCII));
    return new BlobHash("SHA-1 of git", file.etag(), git);
  }

  /** Takes the next bytes, and leaves the buffer where it is. */
  void update(ByteBuffer bytes) {
    if (digest != null) {
      digest.update(bytes.duplicate());
    }
  }

  /** What is wrong with the content; empty where nothing is, or nothing is known. Ends this. */
  String problem() {
    if (digest == null) {
      return "";
    }
    String found = HexFormat.of().formatHex(digest.digest());
    return found.equals(expected)
        ? ""
        : "its %s is %s instead of %s".formatted(kind, found, expected);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
