package org.seal4j.data.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.seal4j.data.check.Checks;

/**
 * Reads the fields of one protobuf message from its wire format: call {@link #next}, then the
 * getter for what the field holds, or none to skip it.
 */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final Object source;
  private final ByteBuffer in;
  private int wire;
  private long number;
  private ByteBuffer content;

  /**
   * Reads this message.
   *
   * @param source the file that it is from, for messages
   */
  ProtoReader(Object source, ByteBuffer message) {
    this.source = source;
    in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    content = in.duplicate().limit(0);
  }

  /** Moves to the next field and gives its number, 0 at the end. */
  int next() {
    if (!in.hasRemaining()) {
      return 0;
    }
    long tag = varint();
    wire = (int) (tag & 7);
    switch (wire) {
      case VARINT -> number = varint();
      case FIXED64 -> content = take(8);
      case BYTES -> content = take(varint());
      case FIXED32 -> content = take(4);
      default -> throw broken("a field of wire type " + wire);
    }
    long field = tag >>> 3;
    if (field < 1 || field > Integer.MAX_VALUE) {
      throw broken("the field number " + field);
    }
    return (int) field;
  }

  private ByteBuffer take(long length) {
    if (length < 0 || length > in.remaining()) {
      throw broken("a field of %d bytes where %d are left".formatted(length, in.remaining()));
    }
    ByteBuffer taken = in.slice().limit((int) length).slice().order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + (int) length);
    return taken;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (!in.hasRemaining()) {
        throw broken("an end inside a number");
      }
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw broken("a number of more than 64 bits");
  }

  private RuntimeException broken(String found) {
    return Checks.refuse(
        "%s: byte %d holds %s; this is not a SentencePiece model", source, in.position(), found);
  }

  private void expect(int type) {
    if (wire != type) {
      throw broken("a field of wire type %d instead of %d".formatted(wire, type));
    }
  }

  int integer() {
    expect(VARINT);
    return (int) number;
  }

  boolean bool() {
    expect(VARINT);
    return number != 0;
  }

  float real() {
    expect(FIXED32);
    return content.getFloat(0);
  }

  ByteBuffer bytes() {
    expect(BYTES);
    return content;
  }

  String text() {
    return StandardCharsets.UTF_8.decode(bytes().duplicate()).toString();
  }

  ProtoReader message() {
    return new ProtoReader(source, bytes());
  }
}
