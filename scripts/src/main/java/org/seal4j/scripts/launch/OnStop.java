package org.seal4j.scripts.launch;

import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * What is said, or taken back, when the process is told to end before a command has (Ctrl-C,
 * SIGTERM, a parent that was killed). The process then ends as it would without: with exit code 130
 * or 143. Close it when the command is over.
 */
public final class OnStop implements AutoCloseable {
  private final Thread hook;

  private OnStop(Thread hook) {
    this.hook = hook;
  }

  /**
   * Runs an action where the process ends before this is closed. The thread of the command runs on
   * beside it.
   *
   * @throws CancellationException where the process is ending already, so that nothing more begins
   */
  public static OnStop run(Runnable action) {
    Thread hook = new Thread(action, "seal-on-stop");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      CancellationException ending = new CancellationException("the process is ending");
      ending.initCause(e);
      throw ending;
    }
    return new OnStop(hook);
  }

  /**
   * Works, and where the process ends meanwhile interrupts the work, so that it writes nothing
   * more, and runs an action.
   */
  public static void during(Runnable work, Runnable action) {
    resultOf(
        () -> {
          work.run();
          return true;
        },
        action);
  }

  /** The same for work that gives a result. */
  public static <T> T resultOf(Supplier<T> work, Runnable action) {
    Thread worker = Thread.currentThread();
    OnStop watch =
        run(
            () -> {
              worker.interrupt();
              action.run();
            });
    try {
      return work.get();
    } finally {
      watch.close();
    }
  }

  /** Whether this process is ending: what fails in it now fails because of that. */
  public static boolean isEnding() {
    try {
      run(() -> {}).close();
      return false;
    } catch (CancellationException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending, and the action runs
    }
  }
}
