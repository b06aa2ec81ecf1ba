package org.seal4j.model.plan;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.kernel.Crew;
import org.seal4j.model.kernel.Scratch;

/**
 * What one thread needs to run graphs: the engine that runs them, and pooled buffers and staging
 * arrays, shared by all its executables.
 */
public final class Worker implements AutoCloseable {
  private final BufferPool buffers = new BufferPool();
  private final Crew crew;
  private final Scratch scratch;
  private final Engine engine;
  private final Memory memory;

  /** A worker with our kernels. */
  public Worker() {
    this(Engine.KERNELS);
  }

  public Worker(Engine engine) {
    this(engine, 1);
  }

  /**
   * A worker for tokens that somebody waits for, one after the other: threads share the products of
   * each. No bit depends on their number.
   *
   * @param threads how many compute, the one that runs the graphs among them
   */
  public Worker(Engine engine, int threads) {
    this(engine, threads, Memory.here());
  }

  private Worker(Engine engine, int threads, Memory memory) {
    this.engine = engine;
    crew = new Crew(threads);
    scratch = new Scratch(crew);
    this.memory = memory;
  }

  /**
   * A worker whose executables keep their arrays apart from Java, as on a device: what crosses
   * outside a {@link HostPort} is lost, and numbers read there are not a number. For tests.
   */
  public static Worker hiding(Engine engine) {
    return new Worker(engine, 1, Memory.HIDDEN);
  }

  Memory memory() {
    return memory;
  }

  /** What runs this worker's graphs. */
  public Engine engine() {
    return engine;
  }

  /**
   * Binds what the outputs need, to be run by this worker's engine.
   *
   * @param outputs variables that can be read after a run
   */
  public Executable executable(Graph graph, List<SDVariable> outputs) {
    return switch (engine) {
      case KERNELS -> Plan.of(graph, outputs, this);
      case STOCK -> StockPlan.of(graph, outputs, this);
    };
  }

  /** Who shares the work of a single kernel. */
  Crew crew() {
    return crew;
  }

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
    crew.close();
    buffers.close();
  }
}
