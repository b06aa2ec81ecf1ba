package org.seal4j.model.plan;

import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.BaseCompatOp;
import org.nd4j.linalg.api.ops.impl.shape.tensorops.BaseTensorOp;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.kernel.Scratch;

/**
 * One stock ND4J op that learns its inputs, then its outputs, and then can be run many times. Goes
 * through ND4J's executioner, so that every backend keeps its own books (streams, device copies).
 */
abstract class StockStep implements Step {
  private static final OpExecutioner EXECUTIONER = Nd4j.getExecutioner();

  private final String name;

  private StockStep(String name) {
    this.name = name;
  }

  /** The step of an op with these inputs; its outputs are still to be bound. */
  static StockStep of(DifferentialFunction op, INDArray[] inputs) {
    boolean flow = op instanceof BaseCompatOp || op instanceof BaseTensorOp;
    if (op instanceof CustomOp custom && !flow) {
      return new Custom(custom, inputs);
    }
    if (op instanceof BaseOp legacy && inputs.length >= 1 && inputs.length <= 2) {
      return new Legacy(legacy, inputs);
    }
    throw new IllegalStateException("control flow, lists of tensors and random draws");
  }

  @Override
  public String name() {
    return name;
  }

  /** Shapes of the outputs. */
  abstract List<LongShapeDescriptor> shapes();

  /** Says where the outputs go. */
  abstract void bind(INDArray... outputs);

  /** An op of libnd4j's newer kind: everything stands in a context. */
  private static final class Custom extends StockStep {
    private final CustomOp op;
    private final OpContext context = EXECUTIONER.buildContext();

    Custom(CustomOp op, INDArray[] inputs) {
      super(op.opName());
      this.op = op;
      // One by one: ND4J 1.0.0-M1.1 has no call for all of them.
      context.setInputArrays(inputs);
      context.setIArguments(op.iArgs());
      context.setDArguments(op.dArgs());
      context.setTArguments(op.tArgs());
      context.setBArguments(op.bArgs());
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
    public void run(Scratch scratch) {
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
      super(op.opName());
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
    public void run(Scratch scratch) {
      EXECUTIONER.exec((Op) op);
    }

    @Override
    public void close() {
      op.clearArrays();
    }
  }

  /** Copies one array into another of the same shape. */
  record Copy(INDArray from, INDArray to) implements Step {
    @Override
    public String name() {
      return "copy";
    }

    @Override
    public void run(Scratch scratch) {
      to.assign(from);
    }
  }
}
