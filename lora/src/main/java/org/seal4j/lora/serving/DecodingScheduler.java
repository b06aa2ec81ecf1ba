package org.seal4j.lora.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.generate.ContinuousBatch;
import org.seal4j.model.generate.RowBank;

/**
 * The requests of a {@link BatchedDecoding}: which wait, which have a row of the batch, and whose
 * turn it is next. Callers may be on any thread; rows are given and taken by the one that decodes.
 */
final class DecodingScheduler {
  private static final long GLANCE = 50;

  private final ContinuousBatch batch;
  private final AdapterSlots slots;
  private final DecodingOptions options;

  /** Guards what follows. */
  private final Object lock = new Object();

  private final FairQueue<DecodingJob> waiting = new FairQueue<>();
  private final List<DecodingJob> running = new ArrayList<>();
  private boolean news;
  private boolean taking = true;
  private boolean stopping;
  private @Nullable Throwable dead;
  private DecodingCounts counts = DecodingCounts.NONE;

  /**
   * @param batch that has the rows; the caller closes it
   * @param slots that have the places of adapters; the caller closes them
   */
  DecodingScheduler(ContinuousBatch batch, AdapterSlots slots, DecodingOptions options) {
    this.batch = batch;
    this.slots = slots;
    this.options = options;
  }

  /** Takes a request, which waits for its turn. */
  void add(int caller, DecodingJob job) throws BusyException {
    synchronized (lock) {
      if (dead != null) {
        throw new IllegalStateException("decoding has stopped", dead);
      }
      if (!taking) {
        throw new BusyException("the service ends and takes no more requests");
      }
      if (waiting.size() >= options.maxWaiting() && !startsAtOnce()) {
        throw new BusyException("%d requests wait already".formatted(waiting.size()));
      }
      waiting.add(caller, job);
      wake();
    }
  }

  /** Whether a request would not have to wait: a service without a queue answers still. */
  private boolean startsAtOnce() {
    return waiting.size() + running.size() < options.maxRows();
  }

  /** The caller of a request has given it up. */
  void cancel(int caller, DecodingJob job) {
    synchronized (lock) {
      job.giveUp();
      if (waiting.remove(caller, job)) {
        counts = counts.ended(DecodingJob.Outcome.CANCELLED);
      }
      wake();
    }
  }

  /** Something has happened that the thread which decodes must look at. */
  void wake() {
    synchronized (lock) {
      news = true;
      lock.notifyAll();
    }
  }

  /** Whether decoding goes on; what was new until now is looked at next. */
  boolean goesOn() {
    synchronized (lock) {
      news = false;
      return !stopping;
    }
  }

  /** Waits for something new to happen; a glance at the clock where sinks are behind. */
  void await(boolean held) throws InterruptedException {
    synchronized (lock) {
      while (!news && !stopping) {
        lock.wait(held ? GLANCE : 0);
        if (held) {
          return;
        }
      }
    }
  }

  /** Takes out who has ended, and holds who cannot go on; tells whether there are such. */
  boolean endAndHold() {
    boolean held = false;
    long now = System.nanoTime();
    synchronized (lock) {
      for (DecodingJob job : List.copyOf(running)) {
        boolean behind = job.outcome() == null && job.isBehind(now, options.stall().toNanos());
        job.endIfGivenUp();
        Checks.present(job.row(), "a request runs without a row").hold(behind);
        if (job.outcome() != null) {
          end(job);
        } else {
          held |= behind;
        }
      }
      counts = counts.of(batch);
    }
    return held;
  }

  private void end(DecodingJob job) {
    if (job.row() != null) {
      batch.leave(job.row());
    }
    if (job.place() != RowBank.NONE) {
      slots.release(job.place());
    }
    running.remove(job);
    counts = counts.ended(Checks.present(job.outcome(), "a request that goes on was ended"));
    lock.notifyAll();
  }

  /** Lets in whose turn it is, as long as there is room. */
  void admit() {
    synchronized (lock) {
      for (DecodingJob job = waiting.peek(); job != null; job = waiting.peek()) {
        if (!batch.hasRoom(job.prompt(), job.config())) {
          return;
        }
        int place = RowBank.NONE;
        ServedAdapter adapter = job.adapter();
        try {
          if (adapter != null) {
            OptionalInt taken = slots.take(adapter);
            if (taken.isEmpty()) {
              return;
            }
            place = taken.getAsInt();
          }
          waiting.take();
          running.add(job);
          job.joined(batch.join(job.request(place), job));
        } catch (RuntimeException e) {
          refuse(job, e);
        }
      }
    }
  }

  /** A request that cannot be let in fails alone. */
  private void refuse(DecodingJob job, RuntimeException e) {
    if (!running.contains(job)) {
      waiting.take();
    }
    job.failed(e);
    end(job);
  }

  /**
   * Ends all requests, and takes no more.
   *
   * @param cause why no more can be answered; null where it was stopped
   */
  void endAll(RuntimeException why, @Nullable Throwable cause) {
    synchronized (lock) {
      taking = false;
      dead = cause;
      while (waiting.size() > 0) {
        DecodingJob job = waiting.take();
        job.failed(why);
        counts = counts.ended(DecodingJob.Outcome.FAILED);
      }
      for (DecodingJob job : List.copyOf(running)) {
        job.failed(why);
        end(job);
      }
      lock.notifyAll();
    }
  }

  /** What is done now, and was done so far. */
  DecodingState state() {
    synchronized (lock) {
      return counts.state(running.size(), waiting.size(), slots);
    }
  }

  /** Takes no more requests, and waits for those that are there; false where that is too long. */
  boolean drain(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    synchronized (lock) {
      taking = false;
      while (waiting.size() + running.size() > 0) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        lock.wait(left);
      }
    }
    return true;
  }

  /** The thread that decodes is to stop. */
  void stop() {
    synchronized (lock) {
      stopping = true;
      taking = false;
      lock.notifyAll();
    }
  }
}
