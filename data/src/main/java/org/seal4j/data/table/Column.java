package org.seal4j.data.table;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/**
 * One documented column.
 *
 * @param name lower-case letters, digits and underscores
 * @param type what its cells hold
 * @param nullable whether a cell may be empty
 * @param description one sentence that ends with a full stop: what the value means, with its unit
 */
public record Column(String name, ColumnType type, boolean nullable, String description) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  public Column {
    requireName("column", name);
    Checks.require(
        description.length() > 1
            && description.endsWith(".")
            && description.indexOf('\n') < 0
            && description.strip().equals(description),
        "column '%s' needs a description of one sentence that ends with a full stop, but has '%s'",
        name,
        description);
  }

  static void requireName(String kind, String name) {
    Checks.require(
        NAME.matcher(name).matches(),
        "%s name '%s' must be lower-case letters, digits and underscores, starting with a letter",
        kind,
        name);
  }

  /** The type with its nullability, such as {@code "string, nullable"}. */
  String typeText() {
    return nullable ? type + ", nullable" : type.toString();
  }

  /** The value as it is stored, or a refusal that names table, column, found and expected. */
  @Nullable Object checked(String table, @Nullable Object value) {
    if (value == null) {
      Checks.require(
          nullable, "table '%s', column '%s' is null but the column is not nullable", table, name);
      return null;
    }
    if (!type.javaType().isInstance(value)) {
      throw Checks.refuse(
          "table '%s', column '%s' holds %s, so a row needs a %s, but got the %s '%s'",
          table,
          name,
          type,
          type.javaType().getSimpleName(),
          value.getClass().getSimpleName(),
          value);
    }
    if (value instanceof String text && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw Checks.refuse(
          "table '%s', column '%s' got a text with half of a surrogate pair, which UTF-8 cannot"
              + " hold",
          table, name);
    }
    if (value instanceof Double number && number.isNaN()) {
      return Double.NaN;
    }
    if (value instanceof Float number && number.isNaN()) {
      return Float.NaN;
    }
    return value;
  }
}
