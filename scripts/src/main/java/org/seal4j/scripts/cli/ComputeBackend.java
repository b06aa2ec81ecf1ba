package org.seal4j.scripts.cli;

import java.util.Map;
import org.seal4j.scripts.run.BackendCheck;
import org.seal4j.scripts.run.BackendChoice;

/** What commands without a recipe compute on: the processor, checked before anything is read. */
final class ComputeBackend {
  private ComputeBackend() {}

  /** Runs the body, in a new process where this one cannot load the backend any more. */
  static int run(Seal seal, Runnable body) {
    Map<String, String> missing = BackendCheck.missingEnvironment(BackendChoice.CPU);
    if (!missing.isEmpty()) {
      return seal.again(missing);
    }
    BackendCheck.load(BackendChoice.CPU);
    body.run();
    return 0;
  }
}
