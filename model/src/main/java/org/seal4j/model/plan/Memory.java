package org.seal4j.model.plan;

import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/** Where the arrays of executables lie, as Java sees it. */
enum Memory {
  /** In memory that Java reads and writes too. */
  SHARED,

  /** On a device: numbers are copied there and back. */
  APART,

  /**
   * As on a device, and what Java sees instead of the arrays are others with meaningless numbers.
   */
  HIDDEN;

  /** That of ND4J's backend. */
  static Memory here() {
    boolean device = Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.CUDA;
    return device ? APART : SHARED;
  }
}
