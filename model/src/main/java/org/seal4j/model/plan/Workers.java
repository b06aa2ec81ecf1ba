package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/**
 * A fixed number of threads that run independent tasks, each with a {@link Worker} of its own.
 * Tasks must be pure functions of their index, so that results depend neither on the number of
 * threads nor on who ran what. BLAS stays single-threaded: the parallelism is here.
 */
public final class Workers implements AutoCloseable {
  private final List<Worker> workers = new ArrayList<>();
  private final ExecutorService threads;
  private final Supplier<Worker> kind;

  /** One independent piece of work. */
  @FunctionalInterface
  public interface Task {
    void run(int index, Worker worker);
  }

  /** Workers with our kernels. */
  public Workers(int size) {
    this(size, Engine.KERNELS);
  }

  public Workers(int size, Engine engine) {
    this(size, () -> new Worker(engine));
  }

  /** Workers that hide their arrays from Java, see {@link Worker#hiding}. For tests. */
  public static Workers hiding(int size, Engine engine) {
    return new Workers(size, () -> Worker.hiding(engine));
  }

  private Workers(int size, Supplier<Worker> kind) {
    Checks.require(size >= 1, "workers must be >= 1 but was %d", size);
    for (int i = 0; i < size; i++) {
      workers.add(kind.get());
    }
    this.kind = kind;
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

  /** What runs their graphs. */
  public Engine engine() {
    return workers.get(0).engine();
  }

  /** One more worker like these, for whoever runs graphs beside them. The caller closes it. */
  public Worker another() {
    return kind.get();
  }

  /** Number of threads. */
  public int size() {
    return workers.size();
  }

  /**
   * Runs tasks 0 to {@code tasks - 1} and returns when no thread works on them any more. After a
   * failure no further task is started, and the failure is rethrown. One caller at a time.
   *
   * @throws CancellationException where the calling thread is interrupted, which stops the tasks at
   *     their next graph; the thread is still marked as interrupted then
   */
  public void run(int tasks, Task task) {
    TaskThreads running = new TaskThreads();
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> futures = new ArrayList<>();
    for (Worker worker : workers.subList(0, Math.min(workers.size(), tasks))) {
      futures.add(
          threads.submit(
              () -> {
                running.enter();
                try {
                  for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                    task.run(i, worker);
                  }
                } finally {
                  next.set(tasks);
                  running.leave();
                }
              }));
    }
    RuntimeException failure = null;
    for (Future<?> future : futures) {
      // The others still use the caller's arrays: wait for all before anything is thrown.
      RuntimeException thrown = await(future, running);
      failure = failure == null ? thrown : failure;
    }
    if (running.interrupted()) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable RuntimeException await(Future<?> future, TaskThreads running) {
    while (true) {
      try {
        future.get();
        return null;
      } catch (InterruptedException e) {
        running.interrupt();
      } catch (ExecutionException e) {
        return e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException("a worker thread failed", e.getCause());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    workers.forEach(Worker::close);
  }
}
