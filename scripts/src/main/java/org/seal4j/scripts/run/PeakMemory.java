package org.seal4j.scripts.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most memory that this process has had resident: heap, tensors and code. */
public final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private PeakMemory() {}

  /** In bytes; empty where the system does not tell (Linux does). */
  public static OptionalLong bytes() {
    try {
      Matcher peak = PEAK.matcher(Files.exists(STATUS) ? Files.readString(STATUS) : "");
      return peak.find()
          ? OptionalLong.of(1024 * Long.parseLong(peak.group(1)))
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
