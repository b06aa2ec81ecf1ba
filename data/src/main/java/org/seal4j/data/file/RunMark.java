package org.seal4j.data.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;

/**
 * The identity of a run in a text that it writes at its end, just before the {@link Proof}: so a
 * whole file of another run is told from this run's own.
 */
public final class RunMark {
  /** Name of the field. */
  public static final String KEY = "run";

  /** A field of its own line, or a comment, before the proof. */
  private static final Pattern MARK =
      Pattern.compile(
          "(?:\\n  \"run\" ?: \"|<!-- run )([0-9a-f]{64})(?:\",| -->)\\s+(?:\"proof\"|<!-- seal4j-)");

  private RunMark() {}

  /** An indented JSON object with the identity as its last field; without one, as it is. */
  public static String intoJson(String object, String identity) {
    String end = "\n}\n";
    Checks.require(object.endsWith(end), "an object with a field is expected");
    String fields = object.substring(0, object.length() - end.length());
    return identity.isEmpty()
        ? object
        : "%s,\n  \"%s\": \"%s\"%s".formatted(fields, KEY, identity, end);
  }

  /** A page with the identity as its last comment; without one, as it is. */
  public static String intoHtml(String page, String identity) {
    return identity.isEmpty() ? page : page + "<!-- " + KEY + " " + identity + " -->\n";
  }

  /** The identity in a text that carries a proof; empty where there is none. */
  public static String in(Path file) {
    Matcher mark = MARK.matcher(new String(Proof.bytes(file), StandardCharsets.UTF_8));
    String found = "";
    while (mark.find()) {
      found = mark.group(1);
    }
    return found;
  }
}
