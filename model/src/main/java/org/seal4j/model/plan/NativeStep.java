package org.seal4j.model.plan;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.LongPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.nd4j.nativeblas.OpaqueContext;
import org.seal4j.model.graph.NativeOp;
import org.seal4j.model.kernel.Scratch;

/**
 * One libnd4j op bound to its arrays on the CPU: a run is a single native call.
 *
 * <p>The native context is made and deleted here, because ND4J's own {@code OpContext.close()} does
 * nothing and leaves native memory to the garbage collector.
 */
final class NativeStep implements Step {
  private static final NativeOps NATIVE = NativeOpsHolder.getInstance().getDeviceNativeOps();

  private final OpaqueContext context;

  /** Keeps the arrays' memory alive as long as the context points to it. */
  @SuppressWarnings("unused")
  private final List<INDArray> arrays;

  private final long hash;
  private final String name;

  /**
   * @param accumulate whether the result is added to what stands in {@code out}
   */
  NativeStep(NativeOp op, INDArray[] in, INDArray out, boolean accumulate) {
    context = NATIVE.createGraphContext(1);
    for (int i = 0; i < in.length; i++) {
      NATIVE.setGraphContextInputArray(
          context,
          i,
          in[i].data().addressPointer(),
          in[i].shapeInfoDataBuffer().addressPointer(),
          null,
          null);
    }
    NATIVE.setGraphContextOutputArray(
        context,
        0,
        out.data().addressPointer(),
        out.shapeInfoDataBuffer().addressPointer(),
        null,
        null);
    long[] arguments = op.integerArguments();
    try (LongPointer pointer = new LongPointer(arguments)) {
      NATIVE.setGraphContextIArguments(context, pointer, arguments.length);
    }
    if (accumulate) {
      try (DoublePointer factors = new DoublePointer(1, 1)) {
        NATIVE.setGraphContextTArguments(context, factors, 2);
      }
    }
    INDArray[] held = Arrays.copyOf(in, in.length + 1);
    held[in.length] = out;
    arrays = List.of(held);
    hash = op.opHash();
    // Small products side by side run at another speed than one large one: profiles tell them
    // apart.
    name = in[0].rank() == 3 ? op.opName() + ", side by side" : op.opName();
  }

  @Override
  public void run(Scratch scratch) {
    int status = NATIVE.execCustomOp2(null, hash, context);
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
    NATIVE.deleteGraphContext(context);
  }
}
