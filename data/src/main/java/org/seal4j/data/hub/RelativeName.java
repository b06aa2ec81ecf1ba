package org.seal4j.data.hub;

import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;

/**
 * Names of files in a repository and of revisions, which become paths in the cache: parts separated
 * by {@code /}, none of which leads upwards.
 */
final class RelativeName {
  /** A part that is none of {@code .}, {@code ..} and empty. */
  private static final Pattern PART = Pattern.compile("(?!\\.{1,2}$)[^/\\\\\\p{Cntrl}]+");

  private RelativeName() {}

  /**
   * The same name, or a refusal.
   *
   * @param source begins the sentence: who gave it, and what it is said to be
   */
  static String require(String source, String name) {
    boolean good = true;
    for (String part : name.split("/", -1)) {
      good &= PART.matcher(part).matches();
    }
    Checks.require(
        good,
        "%s '%s', which is no path inside of a repository; nothing is fetched",
        source,
        Shown.text(name));
    return name;
  }
}
