package org.seal4j.model.kernel;

import java.util.Locale;

/** How the numbers of a frozen weight are stored where tokens are written. */
public enum WeightForm {
  /** As the model has them: nothing is lost, and results have the bits that training sees. */
  FLOAT32,
  /** The same numbers in another order, for faster products with few rows; all memory once more. */
  PACKED,
  /** bfloat16: the upper half of each float32, rounded to nearest. Half the memory is read. */
  BF16,
  /**
   * Whole numbers from -127 to 127, with one float32 scale for each output: its largest weight is
   * 127 (Dettmers et al. 2022, LLM.int8(), section 2). A quarter of the memory is read.
   */
  INT8;

  /** Bytes of one number. */
  public int bytes() {
    return switch (this) {
      case FLOAT32, PACKED -> Float.BYTES;
      case BF16 -> Short.BYTES;
      case INT8 -> Byte.BYTES;
    };
  }

  /** As it is written in commands and keys, such as {@code int8}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
