package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.seal4j.data.run.Checks;

/**
 * A fixed number of threads that run independent tasks, each with a {@link Worker} of its own.
 * Tasks must be pure functions of their index, so that results depend neither on the number of
 * threads nor on who ran what. BLAS stays single-threaded: the parallelism is here.
 */
public final class Workers implements AutoCloseable {
  private final List<Worker> workers = new ArrayList<>();
  private final ExecutorService threads;

  /** One independent piece of work. */
  @FunctionalInterface
  public interface Task {
    void run(int index, Worker worker);
  }

  public Workers(int size) {
    Checks.require(size >= 1, "workers must be >= 1 but was %d", size);
    for (int i = 0; i < size; i++) {
      workers.add(new Worker());
    }
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            size,
            body -> {
              Thread thread = new Thread(body, "seal-worker-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Number of threads. */
  public int size() {
    return workers.size();
  }

  /**
   * Runs tasks 0 to {@code tasks - 1} and returns when all are done; the first failure is rethrown.
   */
  public void run(int tasks, Task task) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (Worker worker : workers.subList(0, Math.min(workers.size(), tasks))) {
      running.add(
          threads.submit(
              () -> {
                for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                  task.run(i, worker);
                }
              }));
    }
    running.forEach(Workers::await);
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for worker threads", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a worker thread failed", e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    workers.forEach(Worker::close);
  }
}
