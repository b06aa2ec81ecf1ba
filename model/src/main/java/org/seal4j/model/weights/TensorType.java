package org.seal4j.model.weights;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.seal4j.data.check.Checks;

/** The element types of safetensors that take whole bytes; see {@link #readable}. */
enum TensorType {
  F32(4, true),
  F16(2, true),
  BF16(2, true),
  F64(8, false),
  I64(8, false),
  U64(8, false),
  I32(4, false),
  U32(4, false),
  I16(2, false),
  U16(2, false),
  I8(1, false),
  U8(1, false),
  BOOL(1, false),
  F8_E4M3(1, false),
  F8_E5M2(1, false),
  F8_E8M0(1, false);

  private final int bytes;
  private final boolean readable;

  TensorType(int bytes, boolean readable) {
    this.bytes = bytes;
    this.readable = readable;
  }

  /** Bytes of one element. */
  int bytes() {
    return bytes;
  }

  /** Whether its elements are read as float32 without loss. */
  boolean readable() {
    return readable;
  }

  static TensorType named(String name, String where) {
    return Arrays.stream(values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Checks.refuse(
                    "%s is of type '%s', which is not known; %s are read",
                    where, name, readableNames()));
  }

  /** The types that are read, for messages. */
  static String readableNames() {
    return Arrays.stream(values())
        .filter(TensorType::readable)
        .map(TensorType::name)
        .collect(Collectors.joining(", "));
  }
}
