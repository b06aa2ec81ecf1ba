package org.seal4j.model.plan;

import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One stock ND4J op that learns its inputs, then its outputs, and then can be run many times. Goes
 * through ND4J's executioner, so that every backend keeps its own books (streams, device copies).
 */
abstract class StockStep implements AutoCloseable {
  static final OpExecutioner EXECUTIONER = Nd4j.getExecutioner();

  /** The step of an op with these inputs; its outputs are still to be bound. */
  static StockStep of(DifferentialFunction op, INDArray[] inputs) {
    if (op instanceof CustomOp custom) {
      return new Custom(custom, inputs);
    }
    if (op instanceof BaseOp legacy && inputs.length <= 2) {
      return new Legacy(legacy, inputs);
    }
    throw new IllegalStateException("stock op " + op.opName() + " cannot be bound");
  }

  /** Copies one array into another of the same shape. */
  static StockStep copy(INDArray from, INDArray to) {
    return new Copy(from, to);
  }

  /** Shapes of the outputs. */
  abstract List<LongShapeDescriptor> shapes();

  /** Says where the outputs go. */
  abstract void bind(INDArray... outputs);

  abstract void run();

  @Override
  public void close() {}

  /** An op of libnd4j's newer kind: everything stands in a context. */
  private static final class Custom extends StockStep {
    private final CustomOp op;
    private final OpContext context = EXECUTIONER.buildContext();

    Custom(CustomOp op, INDArray[] inputs) {
      this.op = op;
      context.setArgs(inputs, op.iArgs(), op.dArgs(), op.tArgs(), op.bArgs());
    }

    @Override
    List<LongShapeDescriptor> shapes() {
      return op.calculateOutputShape(context);
    }

    @Override
    void bind(INDArray... outputs) {
      context.setOutputArrays(outputs);
    }

    @Override
    void run() {
      EXECUTIONER.exec(op, context);
    }

    @Override
    public void close() {
      context.purge();
    }
  }

  /** An op of the older kind (exp, cos, sums, scalars): the op itself holds its arrays. */
  private static final class Legacy extends StockStep {
    private final BaseOp op;

    Legacy(BaseOp op, INDArray[] inputs) {
      this.op = op;
      op.setX(inputs[0]);
      if (inputs.length == 2) {
        op.setY(inputs[1]);
      }
    }

    @Override
    List<LongShapeDescriptor> shapes() {
      return op.calculateOutputShape();
    }

    @Override
    void bind(INDArray... outputs) {
      op.setZ(outputs[0]);
    }

    @Override
    void run() {
      EXECUTIONER.exec((Op) op);
    }

    @Override
    public void close() {
      op.clearArrays();
    }
  }

  private static final class Copy extends StockStep {
    private final INDArray from;
    private final INDArray to;

    Copy(INDArray from, INDArray to) {
      this.from = from;
      this.to = to;
    }

    @Override
    List<LongShapeDescriptor> shapes() {
      return List.of();
    }

    @Override
    void bind(INDArray... outputs) {}

    @Override
    void run() {
      to.assign(from);
    }
  }
}
