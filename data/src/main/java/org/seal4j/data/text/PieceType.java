package org.seal4j.data.text;

import java.util.Arrays;
import java.util.Optional;

/** What a piece of a SentencePiece model is for, in the order of the numbers in files, from 1. */
enum PieceType {
  NORMAL,
  UNKNOWN,
  CONTROL,
  USER_DEFINED,
  UNUSED,
  BYTE;

  /** The type that files write as this number. */
  @SuppressWarnings("EnumOrdinal") // constants stand in the order of the file format's numbers
  static Optional<PieceType> of(int number) {
    return Arrays.stream(values()).filter(type -> type.ordinal() + 1 == number).findFirst();
  }
}
