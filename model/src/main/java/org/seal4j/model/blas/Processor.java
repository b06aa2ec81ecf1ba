package org.seal4j.model.blas;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The processor as the operating system describes it.
 *
 * @param model its name; {@code unknown} where the system does not tell
 * @param flags what all its cores can do, in the words of Linux: {@code avx2}, {@code avx512f};
 *     empty on arm64, and on systems without {@code /proc/cpuinfo}
 */
public record Processor(String model, Set<String> flags) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final String UNKNOWN = "unknown";

  public Processor {
    flags = Collections.unmodifiableSet(new TreeSet<>(flags));
  }

  /** The processor of this machine. */
  public static Processor here() {
    try {
      return parse(Files.readAllLines(CPUINFO, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return new Processor(UNKNOWN, Set.of());
    }
  }

  /**
   * Reads the lines of {@code /proc/cpuinfo}. A flag counts where each core has it: a thread may
   * move from core to core.
   */
  static Processor parse(List<String> lines) {
    String model = UNKNOWN;
    TreeSet<String> common = new TreeSet<>();
    boolean first = true;
    for (String line : lines) {
      int colon = line.indexOf(':');
      String key = colon < 0 ? "" : line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      if (key.equals("model name") && model.equals(UNKNOWN) && !value.isEmpty()) {
        model = value;
      } else if (key.equals("flags")) {
        Set<String> own = Set.copyOf(List.of(value.split("\\s+", -1)));
        if (first) {
          common.addAll(own);
        } else {
          common.retainAll(own);
        }
        first = false;
      }
    }
    return new Processor(model, common);
  }

  /** Bits of its widest vectors for float32: 512, 256 or 128; 0 where the system does not tell. */
  public int vectorBits() {
    if (flags.contains("avx512f")) {
      return 512;
    }
    if (flags.contains("avx2")) {
      return 256;
    }
    return flags.isEmpty() ? 0 : 128;
  }
}
