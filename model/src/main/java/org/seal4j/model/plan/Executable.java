package org.seal4j.model.plan;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph bound to memory, to be run many times: by fused kernels on the CPU ({@link Plan}), or by
 * stock ND4J ops on any backend ({@link StockPlan}).
 */
public sealed interface Executable extends AutoCloseable permits Plan, StockPlan {

  /** Runs every op once, on the calling thread. */
  void run();

  /**
   * The array of a placeholder, a parameter or a requested output. Written or read between runs.
   */
  INDArray array(String name);

  /** Whether a variable of this name is read or written. */
  boolean has(String name);

  /** Number of bound ops. */
  int size();

  /** Frees the arrays that belong to this executable; parameters and pooled buffers stay. */
  @Override
  void close();
}
