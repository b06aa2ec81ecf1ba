package org.seal4j.data.check;

import java.util.Locale;

/** Numbers of things as a sentence names them: {@code 1 passage}, {@code 1,200 passages}. */
public final class Amount {
  private Amount() {}

  /**
   * How many, and of what.
   *
   * @param one what one of them is called; more of them add an s
   */
  public static String of(long count, String one) {
    return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
  }
}
