package org.seal4j.serve;

import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server has of the machine that it runs on.
 *
 * @param seconds clock: seconds since 1970
 * @param environment values of environment variables; null where one is not set
 * @param log takes a line about each request; nothing of a prompt or an answer stands in one
 * @param notices takes a line about each thing that is wrong with the server's own files
 */
public record ServerSide(
    LongSupplier seconds, Function<String, @Nullable String> environment, Log log, Log notices) {
  /** With one log for all lines. */
  public ServerSide(LongSupplier seconds, Function<String, @Nullable String> environment, Log log) {
    this(seconds, environment, log, log);
  }

  /** Takes lines. */
  @FunctionalInterface
  public interface Log {
    /** The next line, from any thread. */
    void line(String text);
  }
}
