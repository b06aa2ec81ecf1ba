package org.seal4j.scripts.launch;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;

/**
 * How a JVM reads the words of its command line and the names of files. Under the locales C and
 * POSIX, and under one that is not installed, it reads ASCII alone; Seal4J then starts its work in
 * a process that reads UTF-8.
 */
public final class Encoding {
  private static final char UNREADABLE = '\uFFFD';

  private Encoding() {}

  /** Whether this JVM reads names of files beyond ASCII. */
  public static boolean readsAll() {
    return readsAll(System.getProperty("sun.jnu.encoding", "UTF-8"));
  }

  static boolean readsAll(String encoding) {
    String name = encoding.toUpperCase(Locale.ROOT);
    return !name.equals("ANSI_X3.4-1968") && !name.equals("US-ASCII") && !name.equals("646");
  }

  /** What a process needs in its environment to read UTF-8; empty where this one does. */
  static Map<String, String> environment() {
    return readsAll() ? Map.of() : Map.of("LC_ALL", "C.UTF-8");
  }

  /** Refuses words in which the JVM found bytes that it could not read. */
  public static void requireReadable(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      Checks.require(
          word.indexOf(UNREADABLE) < 0,
          "word %d of the command line, '%s', holds bytes that are not readable as %s; type it in"
              + " UTF-8 and set LC_ALL=C.UTF-8, or put the text into a file (generate --prompt-file)",
          i + 1,
          Shown.text(word),
          readsAll() ? "UTF-8" : "ASCII, the encoding of this locale");
    }
  }
}
