package org.seal4j.scripts.launch;

/**
 * Ends a second process when the first one is gone, however it went: nobody could stop it any more,
 * and it would keep its run folder locked.
 */
final class ParentWatch {
  private static final long EVERY_MILLIS = 250;

  /** As after SIGTERM. */
  private static final int EXIT_TERMINATED = 143;

  private ParentWatch() {}

  /**
   * Watches until this process ends.
   *
   * @param parent id of the process that started this one
   */
  static void start(long parent) {
    Thread watch = new Thread(() -> watch(parent), "seal-parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void watch(long parent) {
    try {
      while (isChildOf(parent)) {
        Thread.sleep(EVERY_MILLIS);
      }
      System.exit(EXIT_TERMINATED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The system gives an orphan another parent at once, even where the dead one is a zombie. */
  static boolean isChildOf(long parent) {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L) == parent;
  }
}
