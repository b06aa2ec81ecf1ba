package org.seal4j.model.plan;

import java.util.HashSet;
import java.util.Set;

/** The threads that work on the tasks of one call, so that all can be interrupted. */
final class TaskThreads {
  private final Set<Thread> threads = new HashSet<>();
  private boolean interrupted;

  /** The current thread begins; it is interrupted at once where the others were. */
  synchronized void enter() {
    threads.add(Thread.currentThread());
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The current thread is done, and no longer interrupted: it will work for other calls. */
  synchronized void leave() {
    threads.remove(Thread.currentThread());
    Thread.interrupted();
  }

  /** Interrupts all of them, now and to come. */
  synchronized void interrupt() {
    interrupted = true;
    threads.forEach(Thread::interrupt);
  }

  synchronized boolean interrupted() {
    return interrupted;
  }
}
