package org.seal4j.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.kernel.AttentionShape;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.GradientCheck;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

class CausalAttentionTest {

  @ParameterizedTest(name = "b {0} t {1} heads {2}/{3} of {4}")
  @CsvSource({
    "1,1,1,1,2",
    "2,1,4,1,6",
    "1,2,2,1,8",
    "3,2,2,2,10",
    "2,3,4,2,6",
    "1,3,4,1,16",
    "2,5,2,2,20",
    "1,5,4,4,8",
    "2,17,4,1,10",
    "1,17,2,1,16",
    "1,33,1,1,2",
    "1,18,4,2,20"
  })
  @Tag("slow")
  void attention_matches_twin_and_differences(int b, int t, int heads, int kvHeads, int size) {
    matches(b, t, new AttentionShape(heads, kvHeads, size));
  }

  @ParameterizedTest(name = "b {0} t {1} heads {2}/{3} of {4}, cap {5}, window {6}")
  @CsvSource({
    "1,1,1,1,2,0.5,1",
    "2,3,4,2,6,0.5,0",
    "2,5,4,2,6,0,1",
    "1,5,2,1,8,0,3",
    "2,17,4,1,10,0.9,2",
    "1,33,2,2,6,0.9,17",
    "1,33,2,1,2,0,16",
    "1,18,4,2,20,1.5,40"
  })
  @Tag("slow")
  void attention_with_cap_and_window_matches_twin_and_differences(
      int b, int t, int heads, int kvHeads, int size, double cap, int window) {
    matches(b, t, new AttentionShape(heads, kvHeads, size).with(size + 3.5, cap, window));
  }

  private static void matches(int b, int t, AttentionShape shape) {
    int heads = shape.heads();
    int kvHeads = shape.kvHeads();
    int size = shape.headSize();
    Bench twin = new Bench("attention", b, t, heads, kvHeads, size);
    SDVariable o = attention(twin, shape, b, t);
    SDVariable lse = twin.graph().producer(o).outputVariables()[1];
    List<SDVariable> outputs = new ArrayList<>(List.of(o, lse));
    SDVariable loss = twin.weightedSum(o);
    outputs.addAll(Backprop.gradients(twin.graph(), loss, twin.wanted()).values());
    TwinCheck.forward(twin, outputs);

    Bench differences = new Bench("attention", b, t, heads, kvHeads, size);
    GradientCheck.of(differences, attention(differences, shape, b, t));
  }

  @ParameterizedTest
  @CsvSource({"1,2", "5,6", "17,20", "18,16"})
  void a_token_depends_on_no_later_one(int t, int size) {
    AttentionShape shape = new AttentionShape(4, 2, size);
    Bench bench = new Bench("causality", t, size);
    SDVariable o = attention(bench, shape, 1, t);
    INDArray before = Run.outputs(bench, List.of(o)).get(0);
    for (String name : List.of("q", "k", "v")) {
      bench.values().get(name).getRow(t - 1).assign(1e6);
    }
    INDArray after = Run.outputs(bench, List.of(o)).get(0);
    for (int row = 0; row < t - 1; row++) {
      assertThat(Run.bits(after.getRow(row)))
          .as(bench.title())
          .isEqualTo(Run.bits(before.getRow(row)));
    }
  }

  /** What stands before the window counts for nothing, in values and in gradients. */
  @ParameterizedTest
  @CsvSource({"2,1,2", "9,4,6", "40,17,20", "40,3,16"})
  void a_token_depends_on_none_before_its_window(int t, int window, int size) {
    AttentionShape shape = new AttentionShape(4, 2, size).with(size, 0, window);
    Bench bench = new Bench("window", t, window, size);
    List<SDVariable> outputs = forwardAndBack(bench, shape, t);
    INDArray dy = bench.values().get("dy");
    dy.get(NDArrayIndex.interval(0, t - 1), NDArrayIndex.all()).assign(0);
    List<INDArray> before = Run.outputs(bench, outputs);
    int first = t - window;
    for (String name : List.of("k", "v")) {
      bench.values().get(name).get(NDArrayIndex.interval(0, first), NDArrayIndex.all()).assign(1e6);
    }
    List<INDArray> after = Run.outputs(bench, outputs);
    assertThat(Run.bits(after.get(0).getRow(t - 1).dup()))
        .isEqualTo(Run.bits(before.get(0).getRow(t - 1).dup()));
    for (int side : new int[] {2, 3}) {
      for (int row = 0; row < t; row++) {
        boolean seen = row >= first;
        assertThat(after.get(side).getRow(row).amaxNumber().doubleValue() > 0)
            .as("gradient %d of row %d, %s", side, row, bench.title())
            .isEqualTo(seen && (side == 3 || window > 1));
        assertThat(Run.bits(after.get(side).getRow(row).dup()))
            .isEqualTo(Run.bits(before.get(side).getRow(row).dup()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,2", "5,6", "33,20"})
  void a_window_as_long_as_the_text_changes_no_bit(int t, int size) {
    AttentionShape shape = new AttentionShape(4, 2, size);
    Bench full = new Bench("long window", t, size);
    Bench windowed = new Bench("long window", t, size);
    List<SDVariable> outputs = forwardAndBack(full, shape, t);
    List<SDVariable> same = forwardAndBack(windowed, shape.with(size, 0, t), t);
    List<INDArray> expected = Run.outputs(full, outputs);
    List<INDArray> got = Run.outputs(windowed, same);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(Run.bits(got.get(i))).isEqualTo(Run.bits(expected.get(i)));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,2,2", "5,16,6", "11,16,10", "17,33,20"})
  void a_padded_tail_changes_no_bit_of_what_stands_before(int t, int padded, int size) {
    AttentionShape shape = new AttentionShape(4, 2, size);
    assertPaddingIsNothing(shape, t, padded, size);
    assertPaddingIsNothing(shape.with(5, 0.7, 3), t, padded, size);
  }

  private static void assertPaddingIsNothing(AttentionShape shape, int t, int padded, int size) {
    Bench exact = new Bench("exact", t, padded, size);
    List<SDVariable> outputs = forwardAndBack(exact, shape, t);
    Bench longer = new Bench("longer", t, padded, size);
    List<SDVariable> longOutputs = forwardAndBack(longer, shape, padded);
    exact
        .values()
        .forEach(
            (name, value) -> {
              INDArray rows = longer.values().get(name);
              if (name.equals("dy")) {
                rows.assign(0);
              }
              rows.get(NDArrayIndex.interval(0, t), NDArrayIndex.all()).assign(value);
            });

    List<INDArray> expected = Run.outputs(exact, outputs);
    List<INDArray> got = Run.outputs(longer, longOutputs);

    for (int i = 0; i < expected.size(); i++) {
      INDArray real = got.get(i).get(NDArrayIndex.interval(0, t), NDArrayIndex.all());
      assertThat(Run.bits(real.dup()))
          .as("output %d, %s", i, exact.title())
          .isEqualTo(Run.bits(expected.get(i)));
    }
  }

  /** Mixed values and the gradients of q, k, v under the input {@code dy}. */
  private static List<SDVariable> forwardAndBack(Bench bench, AttentionShape shape, int t) {
    SDVariable o = attention(bench, shape, 1, t);
    SDVariable[] upstream = {bench.fixed("dy", t, shape.queryWidth()), null};
    List<SDVariable> outputs = new ArrayList<>(List.of(o));
    GraphOp op = bench.graph().producer(o);
    outputs.addAll(List.of(op.gradient(upstream, new boolean[] {true, true, true})));
    return outputs;
  }

  @Test
  void a_single_token_attends_to_itself() {
    AttentionShape shape = new AttentionShape(2, 1, 6);
    Bench bench = new Bench("one token");
    SDVariable o = attention(bench, shape, 1, 1);
    INDArray mixed = Run.outputs(bench, List.of(o)).get(0);
    INDArray v = bench.values().get("v");
    for (int i = 0; i < 12; i++) {
      assertThat(mixed.getFloat(i)).isEqualTo(v.getFloat(i % 6));
    }
  }

  @Test
  void sizes_that_do_not_fit_are_refused() {
    AttentionShape shape = new AttentionShape(4, 2, 6);
    Bench bench = new Bench("sizes");
    SDVariable q = bench.floats("q", 6, 24);
    SDVariable k = bench.floats("k", 6, 12);
    SDVariable narrow = bench.floats("narrow", 6, 10);
    assertThatThrownBy(() -> CausalAttention.of(bench.graph(), List.of(q, k, narrow), shape, 2))
        .hasMessage(
            "causal_attention: value must be float32 [6, 12] but is narrow float32 [6, 10],"
                + " beside q float32 [6, 24], k float32 [6, 12]");
    assertThatThrownBy(() -> CausalAttention.of(bench.graph(), List.of(q, k, k), shape, 4))
        .hasMessage("causal_attention: query must be float32 [4*t, 24] but is q float32 [6, 24]");
    assertThatThrownBy(() -> new AttentionShape(4, 3, 6))
        .hasMessage("heads must be a multiple of kvHeads but they are 4 and 3");
  }

  private static SDVariable attention(Bench bench, AttentionShape shape, int b, int t) {
    SDVariable q = bench.floats("q", (long) b * t, shape.queryWidth());
    SDVariable k = bench.floats("k", (long) b * t, shape.kvWidth());
    SDVariable v = bench.floats("v", (long) b * t, shape.kvWidth());
    return CausalAttention.of(bench.graph(), List.of(q, k, v), shape, b);
  }
}
