package org.seal4j.model.graph;

import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.kernel.Kernel;

/** A node of another op's gradient: not differentiated again, it has a kernel and a stock form. */
public final class GradientOp extends GraphOp {
  private final StockForm stock;

  /** As {@link GraphOp#stock}. */
  @FunctionalInterface
  public interface StockForm {
    /** The outputs. */
    SDVariable[] write(SameDiff target, SDVariable[] inputs);
  }

  /**
   * Adds the node.
   *
   * @param signature as {@link GraphOp}'s
   */
  public GradientOp(
      Graph graph,
      String signature,
      Supplier<Kernel> kernel,
      StockForm stock,
      SDVariable... inputs) {
    super(graph, signature, kernel, inputs);
    this.stock = stock;
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] inputs) {
    return stock.write(target, inputs);
  }
}
