package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seal4j.model.graph.NativeOp;
import org.seal4j.model.kernel.Scratch;

/** Several native calls that make up one op. */
record NativeCalls(List<Step> calls) implements Step {
  /**
   * The calls of one op.
   *
   * @param accumulate whether the result is added to what stands in its memory
   */
  static Step of(NativeOp op, INDArray[] in, INDArray result, boolean accumulate) {
    int groups = op.rowGroups();
    if (groups == 1) {
      return new NativeStep(op, in, result, accumulate);
    }
    List<Step> calls = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      INDArray[] part = in.clone();
      part[0] = rows(in[0], g, groups);
      calls.add(new NativeStep(op, part, rows(result, g, groups), accumulate));
    }
    return new NativeCalls(calls);
  }

  private static INDArray rows(INDArray array, int group, int groups) {
    long size = array.size(0) / groups;
    return array.get(NDArrayIndex.interval(group * size, (group + 1) * size), NDArrayIndex.all());
  }

  @Override
  public String name() {
    return calls.get(0).name();
  }

  @Override
  public void run(Scratch scratch) {
    for (Step call : calls) {
      call.run(scratch);
    }
  }

  @Override
  public void close() {
    calls.forEach(Step::close);
  }
}
