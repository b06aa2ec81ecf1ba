package org.seal4j.data.text;

import java.util.Arrays;
import java.util.Optional;

/** What a piece of a SentencePiece model is for. */
enum PieceType {
  NORMAL(1),
  UNKNOWN(2),
  CONTROL(3),
  USER_DEFINED(4),
  UNUSED(5),
  BYTE(6);

  private final int number;

  PieceType(int number) {
    this.number = number;
  }

  /** The type that files write as this number. */
  static Optional<PieceType> of(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }
}
