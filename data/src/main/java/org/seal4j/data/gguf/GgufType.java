package org.seal4j.data.gguf;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a tensor's numbers are stored: blocks of so many values in so many bytes. */
public enum GgufType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q5_0(6, 32, 22),
  Q5_1(7, 32, 24),
  Q8_0(8, 32, 34),
  Q2_K(10, 256, 84),
  Q3_K(11, 256, 110),
  Q4_K(12, 256, 144),
  Q5_K(13, 256, 176),
  Q6_K(14, 256, 210),
  BF16(30, 1, 2);

  private final int number;
  private final int blockValues;
  private final int blockBytes;

  GgufType(int number, int blockValues, int blockBytes) {
    this.number = number;
    this.blockValues = blockValues;
    this.blockBytes = blockBytes;
  }

  /** The number that stands for it in files. */
  public int number() {
    return number;
  }

  /** Values of one block. */
  public int blockValues() {
    return blockValues;
  }

  /** Bytes of one block. */
  public int blockBytes() {
    return blockBytes;
  }

  /** The names of all, for messages. */
  public static String names() {
    return Arrays.stream(values()).map(GgufType::name).collect(Collectors.joining(", "));
  }

  static Optional<GgufType> of(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  /** What a number of the format's list stands for that is not read. */
  static String foreignName(int number) {
    return switch (number) {
      case 9 -> "Q8_1";
      case 15 -> "Q8_K";
      case 16 -> "IQ2_XXS";
      case 17 -> "IQ2_XS";
      case 18 -> "IQ3_XXS";
      case 19 -> "IQ1_S";
      case 20 -> "IQ4_NL";
      case 21 -> "IQ3_S";
      case 22 -> "IQ2_S";
      case 23 -> "IQ4_XS";
      case 24 -> "I8";
      case 25 -> "I16";
      case 26 -> "I32";
      case 27 -> "I64";
      case 28 -> "F64";
      case 29 -> "IQ1_M";
      case 34 -> "TQ1_0";
      case 35 -> "TQ2_0";
      case 39 -> "MXFP4";
      default -> "number " + Integer.toUnsignedString(number) + " of no known list";
    };
  }
}
