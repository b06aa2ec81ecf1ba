package org.seal4j.scripts.corpus;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** CPU seconds of this process, all threads together: they differ from run to run. */
final class CpuSeconds {
  private CpuSeconds() {}

  static double now() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        * 1e-9;
  }
}
