package org.seal4j.scripts.launch;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much of the machine's memory a process may take, unless its flags say otherwise: a quarter
 * for the Java heap ({@code launch.flags}), half for tensors, and 85 % for everything that is
 * resident. In a container the machine's memory is the container's limit.
 */
public final class MemoryRule {
  private static final String TENSORS = "org.bytedeco.javacpp.maxbytes";
  private static final String RESIDENT = "org.bytedeco.javacpp.maxphysicalbytes";
  private static final double TENSOR_SHARE = 0.5;
  private static final double RESIDENT_SHARE = 0.85;

  private MemoryRule() {}

  /** Bytes of memory of this machine, or of this container. */
  public static long physicalBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** The system properties that JavaCPP reads when it is loaded, for so much memory. */
  static Map<String, String> properties(long physicalBytes) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(TENSORS, Long.toString((long) (TENSOR_SHARE * physicalBytes)));
    properties.put(RESIDENT, Long.toString((long) (RESIDENT_SHARE * physicalBytes)));
    return properties;
  }

  /** Sets them for this process where nobody has; must come before ND4J is loaded. */
  public static void apply() {
    properties(physicalBytes())
        .forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
  }
}
