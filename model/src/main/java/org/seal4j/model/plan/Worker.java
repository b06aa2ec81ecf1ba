package org.seal4j.model.plan;

import org.seal4j.model.kernel.Scratch;

/**
 * What one thread needs to run plans: pooled buffers and staging arrays, shared by all its plans.
 */
public final class Worker implements AutoCloseable {
  private final BufferPool buffers = new BufferPool();
  private final Scratch scratch = new Scratch();

  /** Off-heap buffers of this thread. */
  public BufferPool buffers() {
    return buffers;
  }

  /** Staging arrays of this thread. */
  public Scratch scratch() {
    return scratch;
  }

  @Override
  public void close() {
    buffers.close();
  }
}
