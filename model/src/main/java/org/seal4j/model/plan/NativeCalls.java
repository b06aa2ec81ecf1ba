package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seal4j.model.blas.ColumnBlocks;
import org.seal4j.model.graph.NativeOp;
import org.seal4j.model.kernel.Crew;
import org.seal4j.model.kernel.Scratch;

/**
 * Several native calls that make up one op, of groups of rows or of some columns each.
 *
 * @param crew threads that share them
 */
record NativeCalls(List<Step> calls, Crew crew) implements Step {
  /**
   * The calls of one op.
   *
   * @param accumulate whether the result is added to what stands in its memory
   * @param crew who may share them
   */
  static Step of(NativeOp op, INDArray[] in, INDArray result, boolean accumulate, Crew crew) {
    int groups = op.rowGroups();
    if (groups == 1 && op.columnInput() >= 0 && crew.threads() > 1) {
      List<Integer> cuts =
          ColumnBlocks.cuts(in[0].size(0), in[0].size(1), (int) result.size(1), crew.threads());
      if (!cuts.isEmpty()) {
        return byColumns(op, in, result, accumulate, cuts, crew);
      }
    }
    if (groups == 1) {
      return new NativeStep(op, in, result, accumulate);
    }
    List<Step> calls = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      INDArray[] part = in.clone();
      part[0] = rows(in[0], g, groups);
      calls.add(new NativeStep(op, part, rows(result, g, groups), accumulate));
    }
    return new NativeCalls(calls, crew);
  }

  private static Step byColumns(
      NativeOp op,
      INDArray[] in,
      INDArray result,
      boolean accumulate,
      List<Integer> cuts,
      Crew crew) {
    List<Step> calls = new ArrayList<>();
    int shared = op.columnInput();
    int begin = 0;
    for (int p = 0; p <= cuts.size(); p++) {
      int end = p < cuts.size() ? cuts.get(p) : (int) result.size(1);
      INDArray[] part = in.clone();
      part[shared] = in[shared].get(NDArrayIndex.interval(begin, end), NDArrayIndex.all());
      INDArray to = result.get(NDArrayIndex.all(), NDArrayIndex.interval(begin, end));
      calls.add(new NativeStep(op, part, to, accumulate));
      begin = end;
    }
    return new NativeCalls(calls, crew);
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
    crew.run(calls.size(), scratch, (part, own) -> calls.get(part).run(own));
  }

  @Override
  public void close() {
    calls.forEach(Step::close);
  }
}
