package org.seal4j.scripts.run;

import java.nio.file.Path;
import org.seal4j.data.check.Checks;
import org.seal4j.model.plan.Engine;

/** The engine that a run was begun with. Another one gives other last bits. */
public final class RunEngine {
  private RunEngine() {}

  /** The engine of a run folder with a manifest, by its name. */
  public static String recorded(Path runFolder) {
    String recorded = RunManifest.mark(runFolder, RunManifest.ENGINE);
    return recorded.isEmpty() ? Engine.KERNELS.toString() : recorded;
  }

  /** Refuses to go on with another engine. */
  static void requireSame(Path runFolder, Backend backend) {
    String recorded = recorded(runFolder);
    Checks.require(
        recorded.equals(backend.engine().toString()),
        "%s cannot be resumed with --engine %s, its results would differ in their last bits: it was"
            + " begun with --engine %s; say that",
        runFolder,
        backend.engine(),
        recorded);
  }
}
