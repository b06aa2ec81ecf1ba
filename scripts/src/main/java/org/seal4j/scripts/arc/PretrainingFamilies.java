package org.seal4j.scripts.arc;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.synth.Family;
import org.seal4j.data.synth.Layout;
import org.seal4j.data.synth.OneDimensional;
import org.seal4j.data.synth.Pool;
import org.seal4j.data.synth.SynthTasks;
import org.seal4j.data.synth.TwoDimensional;

/** The sets of procedural families that a model can be pretrained on. */
public enum PretrainingFamilies {
  /** The pretraining pool of the small grids. */
  GRIDS,
  /** Rules on single rows, none of which is one of 1D-ARC's. */
  ONE_DIMENSIONAL,
  /** The same, and compositions of two of them. */
  ONE_DIMENSIONAL_COMPOSED,
  /** Rules on grids of any size. */
  TWO_DIMENSIONAL,
  /** Those on single rows, compositions too, and those on grids together. */
  ALL;

  /**
   * The families on inputs of these sizes.
   *
   * @param rows sizes of single rows, for {@link #ALL} alone
   */
  List<Family> on(Layout inputs, @Nullable Layout rows) {
    return switch (this) {
      case GRIDS -> SynthTasks.families(Pool.PRETRAINING, inputs);
      case ONE_DIMENSIONAL -> OneDimensional.beyondArc(inputs);
      case ONE_DIMENSIONAL_COMPOSED ->
          Stream.of(OneDimensional.beyondArc(inputs), OneDimensional.compositions(inputs))
              .flatMap(List::stream)
              .toList();
      case TWO_DIMENSIONAL -> TwoDimensional.families(inputs);
      case ALL ->
          Stream.concat(
                  ONE_DIMENSIONAL_COMPOSED
                      .on(
                          Checks.present(
                              rows, "data.rows is missing: how wide may single rows be?"),
                          null)
                      .stream(),
                  TwoDimensional.families(inputs).stream())
              .toList();
    };
  }
}
