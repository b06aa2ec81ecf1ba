package org.seal4j.serve.adapter;

import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;

/**
 * One adapter as it will always be.
 *
 * @param name that it was loaded under
 * @param hash of its content, 64 hexadecimal digits
 */
public record AdapterVersion(String name, String hash) {
  /** Digits of a hash that are shown. */
  static final int SHOWN = 12;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  public AdapterVersion {
    requireName(name);
    Checks.require(isHash(hash), "'%s' is no hash of an adapter", Shown.text(hash));
  }

  /** {@code NAME@HASH} with the first twelve digits: what an answer says and a request may ask. */
  public String pinned() {
    return name + "@" + hash.substring(0, SHOWN);
  }

  /** Refuses what cannot be the name of an adapter, and so of a folder. */
  static void requireName(String name) {
    Checks.require(
        NAME.matcher(name).matches(),
        "'%s' cannot be the name of an adapter; use letters, digits, '.', '_' and '-', at most 100,"
            + " and begin with a letter, a digit or '_'",
        Shown.text(name));
  }

  static boolean isHash(String text) {
    return HASH.matcher(text).matches();
  }
}
