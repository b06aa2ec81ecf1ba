package org.seal4j.scripts.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * CPU time instead of time of day: on a machine shared with others it is the only stable measure.
 */
final class CpuClock {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuClock() {}

  /**
   * CPU nanoseconds of all Java threads alive: the work itself, without the JVM's compiler and
   * collector threads.
   */
  static long threads() {
    long sum = 0;
    for (long id : THREADS.getAllThreadIds()) {
      sum += Math.max(0, THREADS.getThreadCpuTime(id));
    }
    return sum;
  }

  /** CPU nanoseconds of the calling thread. */
  static long thread() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** CPU nanoseconds of the whole process, the JVM's own threads included. */
  static long process() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
