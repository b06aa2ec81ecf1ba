package org.seal4j.lora.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.seal4j.model.generate.StopReason;
import org.seal4j.model.generate.TokenShare;

/** A sink that keeps what it hears, and can be waited for. */
class Heard implements TokenSink {
  private final List<Integer> ids = new ArrayList<>();
  private final List<Double> logProbs = new ArrayList<>();
  private final List<List<TokenShare>> likeliest = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private @Nullable StopReason reason;
  private @Nullable RuntimeException error;

  @Override
  public synchronized void token(int id, double logProbability, List<TokenShare> shares) {
    if (end.getCount() == 0) {
      throw new IllegalStateException("a token behind the end");
    }
    ids.add(id);
    logProbs.add(logProbability);
    likeliest.add(shares);
  }

  @Override
  public synchronized void ended(StopReason why) {
    reason = why;
    end.countDown();
  }

  @Override
  public synchronized void failed(RuntimeException why) {
    error = why;
    end.countDown();
  }

  /** Waits for the end. */
  Heard await() {
    if (!isOver(Duration.ofSeconds(120))) {
      throw new IllegalStateException("no end after two minutes, but %d tokens".formatted(count()));
    }
    return this;
  }

  boolean isOver(Duration limit) {
    try {
      return end.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  synchronized int count() {
    return ids.size();
  }

  synchronized int[] ids() {
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  synchronized double[] logProbs() {
    return logProbs.stream().mapToDouble(Double::doubleValue).toArray();
  }

  synchronized List<List<TokenShare>> likeliest() {
    return List.copyOf(likeliest);
  }

  synchronized @Nullable StopReason reason() {
    return reason;
  }

  synchronized @Nullable RuntimeException error() {
    return error;
  }
}
