package org.seal4j.scripts.run;

import org.jspecify.annotations.Nullable;

/**
 * How wide a line may be.
 *
 * @param columns characters of a line, at least {@value #NARROWEST}
 */
public record Screen(int columns) {
  private static final int NARROWEST = 20;
  private static final int USUAL = 80;

  public Screen {
    columns = Math.max(NARROWEST, columns);
  }

  /** As the variable COLUMNS says, which the shell launcher sets on a terminal; else 80. */
  public static Screen here() {
    return of(System.getenv("COLUMNS"));
  }

  static Screen of(@Nullable String columns) {
    return new Screen(
        columns != null && columns.matches("[1-9]\\d{0,5}") ? Integer.parseInt(columns) : USUAL);
  }
}
