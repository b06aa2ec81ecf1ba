package org.seal4j.rl.grid;

import java.math.BigDecimal;
import java.math.MathContext;

/** The one text of a number, the same on every JDK. */
final class Numbers {
  private Numbers() {}

  /**
   * The fewest decimal digits that read back as exactly this finite double. ({@link
   * Double#toString(double)} changed in JDK 19, so it cannot be part of a stored form.)
   */
  static String shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros().toString();
      }
    }
    return exact.round(new MathContext(17)).stripTrailingZeros().toString();
  }
}
