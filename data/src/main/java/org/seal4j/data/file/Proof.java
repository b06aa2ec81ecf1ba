package org.seal4j.data.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;

/**
 * The proof that a file carries in itself: the SHA-256 of all its bytes, the 64 digits of the proof
 * itself counted as zeros. It stands as {@code seal4j-sha256:DIGITS} where the format of the file
 * has room for a remark: a field of a JSON object, the metadata of a table or of tensors, a
 * comment. One changed bit anywhere makes it wrong, or makes it vanish; a file that is known to be
 * written by Seal4J must have it.
 */
public final class Proof {
  /** Name of the field or of the metadata that holds a proof. */
  public static final String KEY = "proof";

  private static final String MARK = "seal4j-sha256:";
  private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 64;

  /** What stands in a file before anything. */
  public static final String NOTHING = "0".repeat(DIGITS);

  /** What a writer puts where the proof will be. */
  public static final String BLANK = MARK + NOTHING;

  private static final int PIECE = 1 << 16;

  private static final int SHOWN = 12;

  private Proof() {}

  /** Writes the content of a file, with a given proof in it. */
  @FunctionalInterface
  public interface Body {
    /** Writes the same bytes at each call, but for the proof. */
    void writeTo(OutputStream out, String proof) throws IOException;
  }

  /** Replaces a file in one step ({@link AtomicFile}); its content is made twice. */
  public static void write(Path file, Body body) {
    MessageDigest digest = ContentHash.sha256();
    digest.update(ascii(NOTHING));
    try (OutputStream hashed = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      body.writeTo(hashed, BLANK);
    } catch (IOException e) {
      throw new IllegalStateException("writing to nowhere cannot fail", e);
    }
    String proof = MARK + HexFormat.of().formatHex(digest.digest());
    AtomicFile.write(file, out -> body.writeTo(out, proof));
  }

  /** Replaces the file by this text in UTF-8, in which {@link #BLANK} stands, in one step. */
  public static void writeText(Path file, String content) {
    AtomicFile.write(file, fill(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** An indented JSON object with {@link #BLANK} as its last field. */
  public static String intoJson(String object) {
    Checks.require(object.endsWith("\n}\n"), "an object with a field is expected");
    String fields = object.substring(0, object.length() - "\n}\n".length());
    return fields + ",\n  \"" + KEY + "\": \"" + BLANK + "\"\n}\n";
  }

  /** Puts the digits where {@link #BLANK} stands last, and returns the same array. */
  public static byte[] fill(byte[] content) {
    fill(content, 0, content.length, NOTHING);
    return content;
  }

  /**
   * As {@link #fill(byte[])} for a blank between two places of a part of a file.
   *
   * @param before the proof of the part before this one, or {@link #NOTHING}
   * @return the digits
   */
  public static String fill(byte[] content, int from, int to, String before) {
    int place = place(content, from, to);
    if (place < 0) {
      throw new IllegalArgumentException("no room for a proof");
    }
    String digits = digits(content, place, before);
    System.arraycopy(ascii(digits), 0, content, place, DIGITS);
    return digits;
  }

  /**
   * Where the digits of the last proof in this range start; -1 where there is none.
   *
   * @param to one past the last byte that is looked at
   */
  public static int place(byte[] content, int from, int to) {
    for (int at = to - MARK_BYTES.length - DIGITS; at >= from; at--) {
      if (content[at] == MARK_BYTES[0]
          && Arrays.equals(content, at, at + MARK_BYTES.length, MARK_BYTES, 0, MARK_BYTES.length)) {
        return at + MARK_BYTES.length;
      }
    }
    return -1;
  }

  /** The digits that belong at this place of a part of a file that follows another. */
  public static String digits(byte[] content, int place, String before) {
    MessageDigest digest = ContentHash.sha256();
    digest.update(ascii(before));
    digest.update(content, 0, place);
    digest.update(ascii(NOTHING));
    digest.update(content, place + DIGITS, content.length - place - DIGITS);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The digits that stand at this place. */
  public static String found(byte[] content, int place) {
    return new String(content, place, DIGITS, StandardCharsets.ISO_8859_1);
  }

  /**
   * Refuses content that differs from what its proof was made of.
   *
   * @param file named in messages
   * @return whether it has a proof
   */
  public static boolean check(byte[] content, Object file) {
    int place = place(content, 0, content.length);
    if (place >= 0) {
      requireSame(digits(content, place, NOTHING), found(content, place), file);
    }
    return place >= 0;
  }

  /** As {@link #check(byte[], Object)}, and refuses content without a proof. */
  public static void require(byte[] content, Object file) {
    if (!check(content, file)) {
      throw missing(file);
    }
  }

  /** Refuses a file, read whole, that has no proof or differs from what it was made of. */
  public static void requireFile(Path file) {
    require(bytes(file), file);
  }

  /** All bytes of a file that carries a proof; refused where it is no regular file. */
  public static byte[] bytes(Path file) {
    return RegularFile.bytes(file);
  }

  /**
   * As {@link #check(byte[], Object)} for a file of any size whose proof, if it has one, lies in
   * its first bytes.
   *
   * @param head the bytes at the start of the file, at most a few megabytes
   */
  public static boolean check(Path file, byte[] head) {
    int place = place(head, 0, head.length);
    if (place < 0) {
      return false;
    }
    MessageDigest digest = ContentHash.sha256();
    digest.update(ascii(NOTHING));
    digest.update(head, 0, place);
    digest.update(ascii(NOTHING));
    digest.update(head, place + DIGITS, head.length - place - DIGITS);
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(head.length);
      byte[] piece = new byte[PIECE];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        digest.update(piece, 0, n);
      }
    } catch (IOException e) {
      throw new InputException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
    requireSame(HexFormat.of().formatHex(digest.digest()), found(head, place), file);
    return true;
  }

  /** The refusal of a file that must have a proof and has none. */
  public static InputException missing(Object file) {
    return Checks.refuse(
        "%s is damaged, or was not written by this version of Seal4J: it has no proof '%s...';"
            + " restore it from a copy, or make it again",
        file, MARK);
  }

  private static void requireSame(String now, String found, Object file) {
    Checks.require(
        now.equals(found),
        "%s is damaged: its SHA-256 is %s... but it was written with %s...; restore it from a copy,"
            + " or make it again",
        file,
        now.substring(0, SHOWN),
        Shown.text(found.substring(0, SHOWN)));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
