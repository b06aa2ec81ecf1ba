package org.seal4j.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.GradientCheck;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

class MatMulTest {

  @ParameterizedTest
  @CsvSource({"1,1,1", "5,7,3", "1,9,17", "33,1,5", "17,33,1", "1,5,1", "2,1,1", "16,16,16"})
  @Tag("slow")
  void products_of_all_transposes_match_twin_and_differences(int m, int k, int n) {
    for (int flags = 0; flags < 4; flags++) {
      boolean ta = (flags & 1) != 0;
      boolean tb = (flags & 2) != 0;
      for (boolean twin : new boolean[] {true, false}) {
        Bench bench = new Bench("matmul", m, k, n, flags);
        SDVariable a = ta ? bench.floats("a", k, m) : bench.floats("a", m, k);
        SDVariable b = tb ? bench.floats("b", n, k) : bench.floats("b", k, n);
        check(bench, MatMul.of(bench.graph(), a, b, ta, tb), twin);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,3,5,7", "3,1,5,2", "2,5,3,1", "4,3,1,5", "3,7,16,33"})
  void products_side_by_side_match_twin_and_differences(int groups, int m, int k, int n) {
    for (int flags = 0; flags < 4; flags++) {
      boolean ta = (flags & 1) != 0;
      boolean tb = (flags & 2) != 0;
      for (boolean twin : new boolean[] {true, false}) {
        Bench bench = new Bench("matmul side by side", groups, m, k, n, flags);
        SDVariable a = ta ? bench.floats("a", groups, k, m) : bench.floats("a", groups, m, k);
        SDVariable b = tb ? bench.floats("b", groups, n, k) : bench.floats("b", groups, k, n);
        check(bench, MatMul.of(bench.graph(), a, b, ta, tb), twin);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,5,3", "3,1,5,7", "2,5,7,9", "4,3,1,1"})
  void a_linear_in_row_groups_matches_twin_and_differences(int groups, int rows, int in, int out) {
    for (boolean twin : new boolean[] {true, false}) {
      Bench bench = new Bench("linear", groups, rows, in, out);
      SDVariable x = bench.floats("x", groups * rows, in);
      SDVariable w = bench.floats("w", out, in);
      check(bench, MatMul.linear(bench.graph(), x, w, groups), twin);
    }
  }

  private static void check(Bench bench, SDVariable y, boolean twin) {
    if (twin) {
      TwinCheck.of(bench, y);
    } else {
      GradientCheck.of(bench, y);
    }
  }

  @ParameterizedTest
  @CsvSource({"3,1,5,7", "4,5,33,17", "2,17,64,128", "8,11,24,24", "5,64,64,3", "16,16,128,256"})
  void a_row_group_has_the_bits_it_has_alone(int groups, int rows, int in, int out) {
    Bench together = new Bench("grouped rows", groups, rows, in, out);
    SDVariable x = together.floats("x", groups * rows, in);
    SDVariable w = together.fixed("w", out, in);
    List<INDArray> all =
        forwardAndBack(together, MatMul.linear(together.graph(), x, w, groups), null);
    for (int g = 0; g < groups; g++) {
      Bench alone = new Bench("row group alone", g);
      SDVariable y =
          MatMul.linear(
              alone.graph(),
              alone.input("x", rows(together.values().get("x"), g, rows)),
              alone.input("w", together.values().get("w")),
              1);
      List<INDArray> one = forwardAndBack(alone, y, rows(together.values().get("dy"), g, rows));
      for (int i = 0; i < 2; i++) {
        assertThat(Run.bits(one.get(i)))
            .as("%s, group %d, output %d", together.title(), g, i)
            .isEqualTo(Run.bits(rows(all.get(i), g, rows)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3,1,5,7", "4,5,33,8", "2,17,64,16", "8,96,24,16", "5,64,64,3"})
  void a_product_side_by_side_has_the_bits_it_has_alone(int groups, int m, int k, int n) {
    for (int flags = 0; flags < 4; flags++) {
      boolean ta = (flags & 1) != 0;
      boolean tb = (flags & 2) != 0;
      Bench together = new Bench("side by side", groups, m, k, n, flags);
      SDVariable a = ta ? together.fixed("a", groups, k, m) : together.fixed("a", groups, m, k);
      SDVariable b = tb ? together.fixed("b", groups, n, k) : together.fixed("b", groups, k, n);
      SDVariable all = MatMul.of(together.graph(), a, b, ta, tb);
      INDArray products = Run.outputs(together, List.of(all)).get(0);
      for (int g = 0; g < groups; g++) {
        Bench alone = new Bench("alone", g);
        SDVariable left = alone.input("a", one(together.values().get("a"), g));
        SDVariable right = alone.input("b", one(together.values().get("b"), g));
        SDVariable y = MatMul.of(alone.graph(), left, right, ta, tb);
        assertThat(Run.bits(Run.outputs(alone, List.of(y)).get(0)))
            .as("%s, product %d", together.title(), g)
            .isEqualTo(Run.bits(one(products, g)));
      }
    }
  }

  @Test
  void rows_that_do_not_split_into_groups_are_refused() {
    Bench bench = new Bench("odd groups");
    SDVariable x = bench.fixed("x", 5, 3);
    SDVariable w = bench.fixed("w", 2, 3);
    assertThatThrownBy(() -> MatMul.linear(bench.graph(), x, w, 2))
        .hasMessage("matmul: a must be float32 [2*m, k] but is x float32 [5, 3]");
    assertThatThrownBy(() -> MatMul.of(bench.graph(), x, w, false, false))
        .hasMessage(
            "matmul: b must be float32 [3, l] but is w float32 [2, 3], beside x float32 [5, 3]");
  }

  /** The product and the gradient of its first input under {@code dy}, random where null. */
  private static List<INDArray> forwardAndBack(Bench bench, SDVariable y, INDArray dy) {
    SDVariable upstream =
        dy == null ? bench.fixed("dy", bench.graph().shape(y)) : bench.input("dy", dy);
    GraphOp op = bench.graph().producer(y);
    SDVariable dx = op.gradient(new SDVariable[] {upstream}, new boolean[] {true, false})[0];
    return Run.outputs(bench, List.of(y, dx));
  }

  private static INDArray rows(INDArray x, int group, int rows) {
    return x.get(
            NDArrayIndex.interval((long) group * rows, (group + 1L) * rows), NDArrayIndex.all())
        .dup();
  }

  private static INDArray one(INDArray x, int index) {
    return x.slice(index).dup('c').reshape(1, x.size(1), x.size(2));
  }
}
