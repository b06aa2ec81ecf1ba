package org.seal4j.serve.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ends a connection whose client does not take what is sent: a write of the JDK's server would wait
 * for it for ever.
 */
final class SlowWrites implements AutoCloseable {
  private final Map<Long, Started> writes = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();
  private final ScheduledExecutorService watch;
  private final long most;

  /** A write that has not ended. */
  private record Started(HttpExchange exchange, Thread writer, long at) {}

  SlowWrites(int seconds) {
    most = TimeUnit.SECONDS.toNanos(seconds);
    watch =
        Executors.newSingleThreadScheduledExecutor(
            body -> {
              Thread made = new Thread(body, "seal-serve-slow");
              made.setDaemon(true);
              return made;
            });
    var unused = watch.scheduleWithFixedDelay(this::endOld, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Writes.
   *
   * @throws ClientGoneException where the client is gone, or was too slow
   */
  void watch(HttpExchange exchange, ExchangeReply.Write write) {
    long key = count.incrementAndGet();
    writes.put(key, new Started(exchange, Thread.currentThread(), System.nanoTime()));
    try {
      write.run();
    } catch (IOException e) {
      throw new ClientGoneException(e);
    } finally {
      writes.remove(key);
    }
  }

  private void endOld() {
    long now = System.nanoTime();
    for (Map.Entry<Long, Started> write : writes.entrySet()) {
      Started started = write.getValue();
      if (now - started.at > most && writes.remove(write.getKey(), started)) {
        // A channel whose writer is interrupted is closed, which is all that ends such a write.
        started.writer.interrupt();
      }
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
