package org.seal4j.data.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/**
 * The fields of one protobuf message by their numbers, read from its wire format. Of a field that
 * is given several times the last counts, except where all are asked for.
 */
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final Object source;
  private final ByteBuffer in;
  private final Map<Integer, List<Field>> fields = new HashMap<>();

  /** A number, or bytes; {@code end}: where in the message it ends. */
  private record Field(int wire, long number, ByteBuffer bytes, int end) {}

  /** Reads this message; {@code source}, the file that it is from, is named in refusals. */
  ProtoMessage(Object source, ByteBuffer message) {
    this.source = source;
    in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long tag = varint();
      int wire = (int) (tag & 7);
      long value = wire == VARINT || wire == BYTES ? varint() : 0;
      ByteBuffer bytes =
          switch (wire) {
            case VARINT -> take(0);
            case FIXED64 -> take(8);
            case BYTES -> take(value);
            case FIXED32 -> take(4);
            default -> throw broken(in.position(), "a field of wire type " + wire);
          };
      long number = tag >>> 3;
      if (number < 1 || number > Integer.MAX_VALUE) {
        throw broken(in.position(), "the field number " + number);
      }
      fields
          .computeIfAbsent((int) number, n -> new ArrayList<>())
          .add(new Field(wire, value, bytes, in.position()));
    }
  }

  private ByteBuffer take(long length) {
    if (length < 0 || length > in.remaining()) {
      String found = "a field of %d bytes where %d are left".formatted(length, in.remaining());
      throw broken(in.position(), found);
    }
    ByteBuffer taken = in.slice().limit((int) length).slice().order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + (int) length);
    return taken;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (!in.hasRemaining()) {
        throw broken(in.position(), "an end inside a number");
      }
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw broken(in.position(), "a number of more than 64 bits");
  }

  private InputException broken(int position, String found) {
    return Checks.refuse(
        "%s: byte %d holds %s; this is not a SentencePiece model", source, position, found);
  }

  private List<Field> all(int number, int wire) {
    List<Field> all = fields.getOrDefault(number, List.of());
    for (Field field : all) {
      if (field.wire != wire) {
        throw broken(
            field.end, "a field of wire type %d instead of %d".formatted(field.wire, wire));
      }
    }
    return all;
  }

  private Optional<Field> last(int number, int wire) {
    return all(number, wire).stream().reduce((first, second) -> second);
  }

  int integer(int number, int otherwise) {
    return last(number, VARINT).map(field -> (int) field.number).orElse(otherwise);
  }

  boolean bool(int number, boolean otherwise) {
    return last(number, VARINT).map(field -> field.number != 0).orElse(otherwise);
  }

  float real(int number, float otherwise) {
    return last(number, FIXED32).map(field -> field.bytes.getFloat(0)).orElse(otherwise);
  }

  /** The content of a field, empty where it is missing. */
  ByteBuffer bytes(int number) {
    return last(number, BYTES).map(Field::bytes).orElse(ByteBuffer.allocate(0));
  }

  String text(int number, String otherwise) {
    return last(number, BYTES)
        .map(field -> StandardCharsets.UTF_8.decode(field.bytes.duplicate()).toString())
        .orElse(otherwise);
  }

  /** The message in a field, without any fields where it is missing. */
  ProtoMessage message(int number) {
    return new ProtoMessage(source, bytes(number));
  }

  /** The messages in a field that is given several times. */
  List<ProtoMessage> messages(int number) {
    return all(number, BYTES).stream().map(one -> new ProtoMessage(source, one.bytes)).toList();
  }
}
