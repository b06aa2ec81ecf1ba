package org.seal4j.scripts.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.seal4j.model.MemoryNeed;
import org.seal4j.scripts.doctor.Finding.State;
import org.seal4j.scripts.launch.LaunchFlags;
import org.seal4j.scripts.launch.MemoryRule;

/** Java, memory, disks and devices around a run. */
final class Surroundings {
  /** ND4J's native libraries take 400 MB when they are unpacked. */
  private static final long LEAST_FREE = 1L << 30;

  private static final String VECTORS = "jdk.incubator.vector";
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

  private Surroundings() {}

  static Finding java() {
    String version = Runtime.version().toString();
    boolean vectors = ModuleLayer.boot().findModule(VECTORS).isPresent();
    return new Finding(
        "java",
        vectors ? State.OK : State.FAULT,
        "Java %s, %s%s"
            .formatted(
                version,
                System.getProperty("java.vm.vendor"),
                vectors
                    ? ", with the Vector API"
                    : "; the module " + VECTORS + " is missing: install a full JDK 17 or newer"),
        Map.of("version", version, "vectorModule", vectors));
  }

  static Finding flags() {
    return flags(LaunchFlags.forThisJava().missing());
  }

  static Finding flags(List<String> missing) {
    return new Finding(
        "flags",
        missing.isEmpty() ? State.OK : State.FAULT,
        missing.isEmpty()
            ? "Java was started with all flags of launch.flags"
            : "Java was started without %s; start it by scripts/seal or java -jar seal.jar"
                .formatted(missing),
        Map.of("missing", missing));
  }

  static Finding memory() {
    Map<String, Object> figures = new LinkedHashMap<>();
    long here = MemoryRule.physicalBytes();
    figures.put("machineBytes", memoryOfTheMachine().orElse(here));
    figures.put("limitBytes", here);
    figures.put("heapBytes", Runtime.getRuntime().maxMemory());
    figures.put("tensorBytes", Pointer.maxBytes());
    figures.put("residentBytes", Pointer.maxPhysicalBytes());
    return memory(figures);
  }

  /**
   * @param figures bytes: {@code machineBytes}, {@code limitBytes} of the container or the machine,
   *     {@code heapBytes}, {@code tensorBytes}, {@code residentBytes}; 0 for no limit
   */
  static Finding memory(Map<String, Object> figures) {
    long limit = bytes(figures, "limitBytes");
    boolean container = limit < bytes(figures, "machineBytes");
    boolean tooMuch = bytes(figures, "heapBytes") + bytes(figures, "tensorBytes") > limit;
    return new Finding(
        "memory",
        tooMuch ? State.ADVICE : State.OK,
        "%s of memory%s; Java heap up to %s, tensors up to %s, all that is resident up to %s%s"
            .formatted(
                text(figures, "limitBytes"),
                container ? " by the limit of the container" : "",
                text(figures, "heapBytes"),
                text(figures, "tensorBytes"),
                text(figures, "residentBytes"),
                tooMuch
                    ? "; heap and tensors together exceed the memory, so lower -Xmx or"
                        + " -Dorg.bytedeco.javacpp.maxbytes in SEAL_JAVA_OPTS"
                    : ""),
        figures);
  }

  private static long bytes(Map<String, Object> figures, String name) {
    return figures.get(name) instanceof Long value ? value : 0;
  }

  private static String text(Map<String, Object> figures, String name) {
    long bytes = bytes(figures, name);
    return bytes <= 0 ? "no limit" : MemoryNeed.text((double) bytes);
  }

  /** What the machine has, whatever a container may use of it. */
  private static Optional<Long> memoryOfTheMachine() {
    try {
      return Files.readAllLines(MEMINFO, StandardCharsets.ISO_8859_1).stream()
          .filter(line -> line.matches("MemTotal:\\s+\\d{1,12} kB"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The folder of the cache and the one for temporary files. */
  static List<Finding> disk(Path cache) {
    List<Finding> findings = new ArrayList<>();
    findings.add(disk("cache", cache, "name another folder in SEAL_CACHE"));
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    findings.add(temporary(temporary));
    return findings;
  }

  /** Unlike that of the cache, nobody makes the folder for temporary files. */
  static Finding temporary(Path folder) {
    String remedy = "name another in SEAL_JAVA_OPTS=-Djava.io.tmpdir=DIR";
    return Files.isDirectory(folder)
        ? disk("temp", folder, remedy)
        : new Finding(
            "temp",
            State.FAULT,
            "%s is no folder; make it, or %s".formatted(folder, remedy),
            Map.of("folder", folder.toString()));
  }

  static Finding disk(String topic, Path folder, String remedy) {
    Path there = folder.toAbsolutePath();
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
      return disk(
          topic,
          folder,
          Files.getFileStore(there).getUsableSpace(),
          Files.isWritable(there),
          remedy);
    } catch (IOException e) {
      return new Finding(
          topic, State.FAULT, "%s cannot be read: %s; %s".formatted(folder, e, remedy), Map.of());
    }
  }

  static Finding disk(String topic, Path folder, long free, boolean writable, String remedy) {
    boolean room = free >= LEAST_FREE;
    String advice = writable ? "make room, or " + remedy : "it cannot be written; " + remedy;
    return new Finding(
        topic,
        writable ? room ? State.OK : State.ADVICE : State.FAULT,
        "%s has %s free%s"
            .formatted(
                folder, MemoryNeed.text((double) free), writable && room ? "" : "; " + advice),
        Map.of("folder", folder.toString(), "freeBytes", free, "writable", writable));
  }

  /** Said where the machine has a driver of NVIDIA; empty elsewhere. */
  static Optional<Finding> gpu() {
    try {
      return Files.exists(DRIVER)
          ? Optional.of(gpu(Files.readString(DRIVER, StandardCharsets.ISO_8859_1)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * @param driver the text of {@code /proc/driver/nvidia/version}
   */
  static Finding gpu(String driver) {
    String version = driver.replaceAll("(?s).*?\\s(\\d+\\.\\d+(?:\\.\\d+)?)\\s.*", "$1");
    return new Finding(
        "gpu",
        State.OK,
        "the driver %s of an NVIDIA GPU is installed; the line 'backend' says whether it is used, and no"
                .formatted(version.strip())
            + " run on a GPU has been compared with one on the processor yet",
        Map.of("driver", version.strip()));
  }
}
