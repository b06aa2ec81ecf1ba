package org.seal4j.serve.http;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ends a connection whose client does not send what it began, or does not take what is sent: the
 * JDK's server would wait for it for ever.
 */
final class Deadlines implements AutoCloseable {
  private static final long STEP = 250;

  private final Map<Long, Started> started = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();
  private final ScheduledExecutorService watch;

  /** What has not ended. */
  private record Started(Thread thread, long until) {}

  /** Reads from a client, or writes to it. */
  interface Transfer {
    void run() throws IOException;
  }

  Deadlines() {
    watch =
        Executors.newSingleThreadScheduledExecutor(
            body -> {
              Thread made = new Thread(body, "seal-serve-deadlines");
              made.setDaemon(true);
              return made;
            });
    var unused = watch.scheduleWithFixedDelay(this::endLate, STEP, STEP, TimeUnit.MILLISECONDS);
  }

  /**
   * Reads or writes.
   *
   * @throws ClientGoneException where the client is gone, or was too slow
   */
  void within(int seconds, Transfer transfer) {
    long key = count.incrementAndGet();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    Started one = new Started(Thread.currentThread(), until);
    started.put(key, one);
    try {
      transfer.run();
    } catch (IOException e) {
      throw new ClientGoneException(e);
    } finally {
      synchronized (one) { // so that no interruption is on its way any more
        if (started.remove(key) == null) {
          Thread.interrupted(); // it came too late to end anything
        }
      }
    }
  }

  private void endLate() {
    long now = System.nanoTime();
    started.forEach(
        (key, one) -> {
          if (now - one.until > 0) {
            synchronized (one) {
              if (started.remove(key, one)) {
                // A channel whose thread is interrupted is closed: nothing else ends a transfer.
                one.thread.interrupt();
              }
            }
          }
        });
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
