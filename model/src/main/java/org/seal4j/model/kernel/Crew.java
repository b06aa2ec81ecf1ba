package org.seal4j.model.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/**
 * Threads that share the parts of one kernel where a single token is waited for: products of its
 * weights, of which each thread reads a part. Who does which part is left to chance, so a part must
 * write what no other writes, with bits that depend on nothing else.
 *
 * <p>The thread that asks works, too, and waits for parts alone that another one has begun: where
 * the others are kept from running, it does all of them. A thread that finds nothing to do looks
 * again for a moment, since the next product follows at once, and then sleeps.
 */
public final class Crew implements AutoCloseable {
  /** Looks of a thread without work before it sleeps: about 50 microseconds. */
  private static final int LOOKS = 2000;

  /** Parts for each thread: one that began later does fewer. */
  private static final int EACH = 3;

  private final List<Member> members = new ArrayList<>();
  private volatile @Nullable Job job;
  private volatile boolean closed;

  /** One of several parts, computed with the staging arrays of the thread that does it. */
  @FunctionalInterface
  public interface Part {
    /** Computes this part, from 0 on. */
    void run(int part, Scratch scratch);
  }

  /**
   * @param threads how many share the work, the one that asks among them; 1 for that one alone
   */
  public Crew(int threads) {
    Checks.require(threads >= 1, "threads must be >= 1 but was %d", threads);
    for (int i = 1; i < threads; i++) {
      Member member = new Member("seal-crew-" + i);
      members.add(member);
      member.start();
    }
  }

  /** How many share the work, the one that asks among them. */
  public int threads() {
    return members.size() + 1;
  }

  /** Some of many equal pieces, which lie side by side. */
  @FunctionalInterface
  interface Range {
    /** Computes the pieces from one on, up to another one, which is not among them. */
    void run(int from, int to, Scratch scratch);
  }

  /**
   * Divides equal pieces of work among the threads, several times as many ranges as there are
   * threads.
   *
   * @param small whether one thread does it all sooner alone
   * @param own staging arrays of the caller
   */
  void share(int pieces, boolean small, Scratch own, Range range) {
    int parts = small ? 1 : Math.min(pieces, members.isEmpty() ? 1 : EACH * threads());
    run(
        parts,
        own,
        (part, scratch) ->
            range.run(
                (int) ((long) pieces * part / parts),
                (int) ((long) pieces * (part + 1) / parts),
                scratch));
  }

  /**
   * Does all parts, 0 to {@code parts - 1}, and returns when they are done. One caller at a time.
   *
   * @param own staging arrays of the caller
   */
  public void run(int parts, Scratch own, Part part) {
    if (members.isEmpty() || parts == 1) {
      for (int i = 0; i < parts; i++) {
        part.run(i, own);
      }
      return;
    }
    Job now = new Job(part, parts);
    job = now;
    for (Member member : members) {
      if (member.asleep) {
        LockSupport.unpark(member);
      }
    }
    now.work(own);
    for (int looks = 0; now.done.get() < parts; looks++) {
      if (looks < LOOKS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    job = null;
    now.rethrow();
  }

  @Override
  public void close() {
    closed = true;
    members.forEach(LockSupport::unpark);
  }

  private static final class Job {
    private final Part part;
    private final int parts;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Job(Part part, int parts) {
      this.part = part;
      this.parts = parts;
    }

    void work(Scratch scratch) {
      for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
        try {
          part.run(i, scratch);
        } catch (RuntimeException | Error e) { // none may pass: what it should write is missing
          failure.compareAndSet(null, e);
        } finally {
          done.incrementAndGet();
        }
      }
    }

    void rethrow() {
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }

  private final class Member extends Thread {
    private volatile boolean asleep;

    Member(String name) {
      super(name);
      setDaemon(true);
    }

    @Override
    public void run() {
      Scratch scratch = new Scratch();
      Job last = null;
      int looks = 0;
      while (!closed) {
        Job now = job;
        if (now != null && now != last) {
          last = now;
          now.work(scratch);
          looks = 0;
        } else if (looks++ < LOOKS) {
          Thread.onSpinWait();
        } else {
          last = null; // what was done long ago is not kept
          asleep = true;
          if (job == null && !closed) { // who asks looks whether we sleep after it has written this
            LockSupport.park(this);
          }
          asleep = false;
          looks = 0;
        }
      }
    }
  }
}
