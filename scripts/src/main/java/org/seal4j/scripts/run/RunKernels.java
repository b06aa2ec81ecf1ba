package org.seal4j.scripts.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.blas.BlasKernel;
import org.seal4j.model.blas.KernelChoice;

/**
 * The kernels of OpenBLAS that a run was begun with, as its manifest names them. Other kernels give
 * other bits, so a run goes on with its own.
 */
public final class RunKernels {
  private RunKernels() {}

  /** What a manifest records; nothing for a backend that does without OpenBLAS. */
  static String inUse(Backend backend) {
    return backend.name().equals("cpu") ? KernelChoice.inUse() : "";
  }

  /**
   * The environment variables which this process lacks for a backend and a run that goes on; a
   * non-empty answer means that a new process is needed. Has this process take the kernels of the
   * run where it still can.
   *
   * @param run folder of the run to go on or to repeat; null for a new one
   * @throws org.seal4j.data.check.InputException where this machine or the user's setting does not
   *     allow the kernels of the run
   */
  public static Map<String, String> missingEnvironment(BackendChoice choice, @Nullable Path run) {
    Map<String, String> missing = new TreeMap<>(BackendCheck.missingEnvironment(choice));
    String recorded = run == null ? "" : recorded(run);
    if (!recorded.isEmpty() && !KernelChoice.take(recorded)) {
      missing.put(KernelChoice.VARIABLE, recorded);
    }
    return missing;
  }

  /** Refuses to go on with kernels that give other bits. */
  static void requireSame(Path runFolder, Backend backend) {
    String recorded = recorded(runFolder);
    String now = inUse(backend);
    Checks.require(
        recorded.isEmpty() || now.isEmpty() || BlasKernel.sameBits(recorded, now),
        "%s cannot be resumed here, its results would differ: it was begun with the kernels %s of"
            + " OpenBLAS, and %s are in use; set %s=%s in the environment",
        runFolder,
        recorded,
        now,
        KernelChoice.VARIABLE,
        recorded);
  }

  /** Empty where the run has no manifest yet, or one of a version that did not record them. */
  private static String recorded(Path runFolder) {
    if (!Files.exists(runFolder.resolve(RunManifest.FILE_NAME))) {
      return "";
    }
    String recorded = RunManifest.mark(runFolder, RunManifest.KERNELS);
    return recorded.equals(KernelChoice.UNKNOWN) ? "" : recorded;
  }
}
