package org.seal4j.scripts.run;

import org.seal4j.data.check.Checks;

/**
 * The machine that a run was made on.
 *
 * @param os name and version of the operating system
 * @param arch of the processor
 * @param cores that the JVM may use
 * @param maxHeapBytes the most that the Java heap may grow to
 * @param jvm name and vendor of the Java virtual machine
 */
public record Machine(String os, String arch, int cores, long maxHeapBytes, String jvm) {
  public Machine {
    RunManifest.requireText("machine.os", os);
    RunManifest.requireText("machine.arch", arch);
    RunManifest.requireText("machine.jvm", jvm);
    Checks.require(cores >= 1, "manifest: machine.cores is %d but must be at least 1", cores);
    Checks.require(
        maxHeapBytes >= 1,
        "manifest: machine.maxHeapBytes is %d but must be above 0",
        maxHeapBytes);
  }

  /** This machine. */
  public static Machine here() {
    Runtime runtime = Runtime.getRuntime();
    return new Machine(
        property("os.name") + " " + property("os.version"),
        property("os.arch"),
        runtime.availableProcessors(),
        runtime.maxMemory(),
        property("java.vm.name") + ", " + property("java.vm.vendor"));
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
