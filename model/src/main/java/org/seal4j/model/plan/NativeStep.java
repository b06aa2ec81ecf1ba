package org.seal4j.model.plan;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.seal4j.model.graph.NativeOp;
import org.seal4j.model.kernel.Scratch;

/** One libnd4j op bound to its arrays: a run is a single native call. */
final class NativeStep implements Plan.Step {
  private static final NativeOps NATIVE = NativeOpsHolder.getInstance().getDeviceNativeOps();

  private final OpContext context;
  private final Pointer pointer;
  private final long hash;
  private final String name;

  NativeStep(NativeOp op, INDArray[] in, INDArray out) {
    context = Nd4j.getExecutioner().buildContext();
    context.setInputArrays(in);
    context.setOutputArrays(out);
    context.setIArguments(op.integerArguments());
    pointer = context.contextPointer();
    hash = op.opHash();
    name = op.opName();
  }

  @Override
  public void run(Scratch scratch) {
    int status = NATIVE.execCustomOp2(null, hash, pointer);
    if (status != 0) {
      throw new IllegalStateException(
          "native op " + name + " failed with status " + status + ": " + NATIVE.lastErrorMessage());
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {
    try {
      context.close();
    } catch (Exception e) {
      throw new IllegalStateException("native context of " + name + " cannot be closed", e);
    }
  }
}
