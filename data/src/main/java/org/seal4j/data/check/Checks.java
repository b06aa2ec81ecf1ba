package org.seal4j.data.check;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which Seal4J refuses bad input: a single sentence with got, expected, place and
 * fix.
 */
public final class Checks {
  private Checks() {}

  /**
   * Throws an {@link InputException} unless the condition holds.
   *
   * @param format sentence in {@link String#format} form; say what was got, what was expected,
   *     where
   */
  @FormatMethod
  public static void require(boolean condition, @FormatString String format, Object... args) {
    if (!condition) {
      throw refuse(format, args);
    }
  }

  /** The value itself, or an {@link InputException} where there is none. */
  @FormatMethod
  public static <T> T present(@Nullable T value, @FormatString String format, Object... args) {
    if (value == null) {
      throw refuse(format, args);
    }
    return value;
  }

  /** Builds the exception for a refusal, for use in {@code throw Checks.refuse(...)}. */
  @FormatMethod
  public static InputException refuse(@FormatString String format, Object... args) {
    return new InputException(String.format(Locale.ROOT, format, args));
  }

  /** What a group of a recipe's keys makes must exist; a refusal names the group. */
  public static void inGroup(String group, Supplier<?> made) {
    try {
      Objects.requireNonNull(made.get());
    } catch (InputException e) {
      throw new InputException("in '" + group + "': " + e.getMessage(), e);
    }
  }
}
