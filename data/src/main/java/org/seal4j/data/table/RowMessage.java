package org.seal4j.data.table;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.Proof;

/**
 * One message of a log as bytes. The custom metadata of each names its length in all and holds a
 * {@link Proof} of the message and of all before it, so that a row can be neither changed nor taken
 * out, put in or moved. Readers of Arrow streams pass over both.
 */
final class RowMessage {
  /** Bytes of the marker and of the length of the metadata. */
  static final int PREFIX = 8;

  private static final String LENGTH = "%012d ";
  private static final int LENGTH_DIGITS = 12;

  private RowMessage() {}

  /**
   * The bytes of a message, with room for its proof.
   *
   * @param builder that holds the header
   * @param type and place of the header, as the format counts them
   * @param body a multiple of 8 bytes
   */
  static byte[] of(FlatBufferBuilder builder, byte type, int headerAt, byte[] body) {
    String room = LENGTH.formatted(0) + Proof.BLANK;
    int noteAt =
        KeyValue.createKeyValue(
            builder, builder.createString(ArrowSchemas.PROOF), builder.createString(room));
    int notesAt = Message.createCustomMetadataVector(builder, new int[] {noteAt});
    Message.finishMessageBuffer(
        builder,
        Message.createMessage(builder, MetadataVersion.V5, type, headerAt, body.length, notesAt));
    byte[] metadata = builder.sizedByteArray();
    int padded = (metadata.length + 7) & -8;
    ByteBuffer message =
        ByteBuffer.allocate(PREFIX + padded + body.length).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(-1).putInt(padded).put(metadata).position(PREFIX + padded);
    byte[] bytes = message.put(body).array();
    int proof = Proof.place(bytes, PREFIX, PREFIX + padded);
    byte[] length =
        String.format(Locale.ROOT, LENGTH, bytes.length).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(length, 0, bytes, proof - roomBefore(), length.length);
    return bytes;
  }

  /** Bytes from the start of the note to the digits of the proof. */
  private static int roomBefore() {
    return LENGTH_DIGITS + 1 + Proof.BLANK.length() - Proof.NOTHING.length();
  }

  /**
   * Completes a message of {@link #of}.
   *
   * @param before the proof of the message before, or {@link Proof#NOTHING}
   * @return the proof of this one
   */
  static String prove(byte[] message, String before) {
    return Proof.fill(message, PREFIX, PREFIX + metadataLength(message), before);
  }

  /** The proof of a message, checked against its bytes and the one before; empty without one. */
  static Optional<String> proven(byte[] message, String before, String place) {
    int at = Proof.place(message, PREFIX, PREFIX + metadataLength(message));
    if (at < 0) {
      return Optional.empty();
    }
    String digits = Proof.found(message, at);
    Checks.require(
        digits.equals(Proof.digits(message, at, before)),
        "%s is damaged: it is not as it was written, or does not follow the row before it; delete the"
            + " file and resume the run, which computes its rows again",
        place);
    return Optional.of(digits);
  }

  private static int metadataLength(byte[] message) {
    return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(Integer.BYTES);
  }

  /**
   * The length in all that a message names, though its prefix or its end may be wrong or missing.
   *
   * @param rest from where its metadata begins
   * @return empty where none can be read
   */
  static Optional<Long> namedLength(ByteBuffer rest) {
    try {
      Message message = Message.getRootAsMessage(rest);
      for (int i = 0; i < message.customMetadataLength(); i++) {
        KeyValue note = message.customMetadata(i);
        if (ArrowSchemas.PROOF.equals(note.key())) {
          return Optional.of(Long.parseLong(note.value().substring(0, LENGTH_DIGITS)));
        }
      }
      return Optional.empty();
    } catch (RuntimeException e) { // whatever flatbuffers makes of bytes that are none of its own
      return Optional.empty();
    }
  }

  /**
   * Whether the bytes at the end of a file are a whole message, or an end of stream, whose first
   * eight bytes reached the disk in part: some of them, and zeros for the others.
   *
   * @param rest everything from where the message begins
   */
  static boolean isTornPrefix(byte[] rest, String before) {
    byte[] whole = rest.clone();
    Arrays.fill(whole, 0, Integer.BYTES, (byte) -1);
    Arrays.fill(whole, Integer.BYTES, PREFIX, (byte) 0);
    if (rest.length > PREFIX) {
      Optional<Integer> metadata = metadataOf(rest);
      if (metadata.isEmpty()) {
        return false;
      }
      ByteBuffer.wrap(whole)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(Integer.BYTES, metadata.orElseThrow());
      int at = Proof.place(whole, PREFIX, PREFIX + metadata.orElseThrow());
      if (at < 0 || !Proof.found(whole, at).equals(Proof.digits(whole, at, before))) {
        return false;
      }
    }
    int same = 0;
    while (same < PREFIX && rest[same] == whole[same]) {
      same++;
    }
    for (int i = same; i < PREFIX; i++) {
      if (rest[i] != 0) {
        return false;
      }
    }
    return same < PREFIX;
  }

  /** Length of the metadata of a message that fills these bytes, whatever its prefix says. */
  private static Optional<Integer> metadataOf(byte[] rest) {
    ByteBuffer inside =
        ByteBuffer.wrap(rest, PREFIX, rest.length - PREFIX).slice().order(ByteOrder.LITTLE_ENDIAN);
    if (!namedLength(inside).equals(Optional.of((long) rest.length))) {
      return Optional.empty();
    }
    try {
      long metadata = rest.length - PREFIX - Message.getRootAsMessage(inside).bodyLength();
      return metadata > 0 && metadata <= rest.length - PREFIX
          ? Optional.of((int) metadata)
          : Optional.empty();
    } catch (RuntimeException e) { // whatever flatbuffers makes of bytes that are none of its own
      return Optional.empty();
    }
  }
}
