package org.seal4j.serve.access;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * So many requests in a minute: a bucket that fills evenly and holds a minute's worth. Safe to use
 * from several threads.
 */
final class Rate {
  private static final double MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final int perMinute;
  private final LongSupplier nanos;
  private double left;
  private long filledAt;

  Rate(int perMinute, LongSupplier nanos) {
    this.perMinute = perMinute;
    this.nanos = nanos;
    left = perMinute;
    filledAt = nanos.getAsLong();
  }

  /** Takes one; 0 where there was one, else the seconds until there is. */
  synchronized int take() {
    long now = nanos.getAsLong();
    left = Math.min(perMinute, left + (now - filledAt) / MINUTE * perMinute);
    filledAt = now;
    if (left >= 1) {
      left--;
      return 0;
    }
    return (int) Math.max(1, Math.ceil((1 - left) * 60 / perMinute));
  }
}
