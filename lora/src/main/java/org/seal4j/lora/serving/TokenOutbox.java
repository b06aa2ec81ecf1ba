package org.seal4j.lora.serving;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Between the thread that decodes and a sink that may be slow: what was written waits here, and one
 * thread at a time hands it on in order.
 */
final class TokenOutbox {
  private final TokenSink sink;
  private final int most;
  private final Executor threads;
  private final Runnable onProgress;
  private final Deque<Consumer<TokenSink>> waiting = new ArrayDeque<>();
  private boolean handing;
  private boolean dropped;
  private @Nullable RuntimeException broken;

  /**
   * @param most tokens that wait before it is full
   * @param threads that hand on
   * @param onProgress is told when it is full no more, and when the sink breaks
   */
  TokenOutbox(TokenSink sink, int most, Executor threads, Runnable onProgress) {
    this.sink = sink;
    this.most = most;
    this.threads = threads;
    this.onProgress = onProgress;
  }

  /** Adds something for the sink to hear. */
  synchronized void add(Consumer<TokenSink> event) {
    if (!dropped) {
      waiting.add(event);
      if (!handing) {
        handing = true;
        threads.execute(this::handOn);
      }
    }
  }

  /** Forgets what waits for one last thing to hear. */
  synchronized void addLast(Consumer<TokenSink> event) {
    if (!dropped) {
      waiting.clear();
      add(event);
      dropped = true;
    }
  }

  /** Forgets what waits and all that will come. */
  synchronized void drop() {
    waiting.clear();
    dropped = true;
  }

  /** Whether the sink is too far behind for another token. */
  synchronized boolean isFull() {
    return waiting.size() >= most;
  }

  /** What the sink threw; null where it is sound. */
  synchronized @Nullable RuntimeException broken() {
    return broken;
  }

  private void handOn() {
    for (Consumer<TokenSink> event = next(); event != null; event = next()) {
      try {
        event.accept(sink);
      } catch (RuntimeException e) {
        breakOff(e);
      }
    }
  }

  private @Nullable Consumer<TokenSink> next() {
    boolean wasFull;
    @Nullable Consumer<TokenSink> event;
    synchronized (this) {
      wasFull = waiting.size() >= most;
      event = waiting.poll();
      handing = event != null;
    }
    if (wasFull) {
      onProgress.run();
    }
    return event;
  }

  private void breakOff(RuntimeException e) {
    synchronized (this) {
      broken = e;
      waiting.clear();
      dropped = true;
    }
    onProgress.run();
  }
}
