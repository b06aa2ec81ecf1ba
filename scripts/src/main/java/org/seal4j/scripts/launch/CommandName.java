package org.seal4j.scripts.launch;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How this program was called, so that a message can name a command that works when pasted. */
public final class CommandName {
  /** Set by the shell launcher and by the first process of {@code java -jar}. */
  static final String VARIABLE = "SEAL_COMMAND";

  /** Names the jars with parts of the user's own. */
  private static final String JARS = "SEAL_CLASSPATH";

  private CommandName() {}

  /** What stands before the arguments, such as {@code scripts/seal}. */
  public static String here() {
    return of(System.getenv(VARIABLE), System.getProperty("java.class.path"));
  }

  static String of(@Nullable String given, String classPath) {
    if (given != null && !given.isBlank()) {
      return given;
    }
    return classPath.matches("(.*[/\\\\])?seal[^/\\\\:;]*\\.jar")
        ? "java -jar " + quoted(classPath)
        : "seal";
  }

  /**
   * A whole command, quoted for a shell where that is needed; with the user's own jars in front,
   * since the command needs them as this one did.
   */
  public static String with(String... args) {
    return with(List.of(args));
  }

  /** The same. */
  public static String with(List<String> args) {
    return with(System.getenv(JARS), args);
  }

  static String with(@Nullable String jars, List<String> args) {
    String before = jars == null || jars.isBlank() ? "" : JARS + "=" + quoted(jars) + " ";
    return before
        + here()
        + args.stream().map(arg -> " " + quoted(arg)).collect(Collectors.joining());
  }

  /** A word as a POSIX shell reads it. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
