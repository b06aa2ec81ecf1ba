package org.seal4j.data.check;

import java.util.Collection;
import java.util.stream.Collectors;

/** Parts of messages that would be too long in full. */
public final class Shown {
  private static final int NAMES = 6;
  private static final int CHARACTERS = 120;

  private Shown() {}

  /** The first few names, and how many there are. */
  public static String names(Collection<String> names) {
    String first =
        names.stream().limit(NAMES).map(Shown::text).collect(Collectors.joining(", ", "[", ""));
    return names.size() <= NAMES ? first + "]" : first + ", ... " + names.size() + " in all]";
  }

  /** The first characters of a value's text, on one line. */
  public static String text(Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
    return text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS) + "...";
  }
}
