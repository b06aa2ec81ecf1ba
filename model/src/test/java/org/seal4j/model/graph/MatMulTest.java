package org.seal4j.model.graph;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;

class MatMulTest {

  @ParameterizedTest
  @CsvSource({"1,1,1", "5,7,3", "1,9,17", "33,1,5", "17,33,1", "1,5,1", "2,1,1", "16,16,16"})
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
}
