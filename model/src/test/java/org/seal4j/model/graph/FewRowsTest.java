package org.seal4j.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seal4j.data.check.InputException;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

/** The products of decoding: what they compute, and that a row never feels its neighbours. */
class FewRowsTest {
  private static final int MOST = 33;

  @ParameterizedTest(name = "rows {0}, in {1}, out {2}")
  @CsvSource({
    "1,1,1",
    "1,8,4",
    "4,8,2",
    "5,7,3",
    "3,9,17",
    "33,1,5",
    "7,33,1",
    "16,64,24",
    "9,1030,50"
  })
  void a_skinny_product_matches_its_twin(int m, int k, int n) {
    Bench bench = new Bench("skinny", m, k, n);
    SDVariable x = bench.fixed("x", m, k);
    SDVariable w = bench.fixed("w", n, k);
    TwinCheck.forward(bench, List.of(SkinnyMatMul.of(bench.graph(), x, w)));
  }

  @ParameterizedTest(name = "groups {0}, rows {1}, in {2}, rank {3}, out {4}")
  @CsvSource({
    "1,1,1,1,1",
    "1,1,8,4,8",
    "2,3,5,2,7",
    "3,1,64,8,32",
    "2,4,33,9,40",
    "4,2,7,17,65",
    "1,33,16,3,9"
  })
  void a_low_rank_sum_matches_its_twin(int groups, int m, int k, int r, int n) {
    Bench bench = new Bench("low rank", groups, m, k, r, n);
    TwinCheck.forward(bench, List.of(lowRank(bench, groups, m, k, r, n)));
  }

  private static SDVariable lowRank(Bench bench, int groups, int m, int k, int r, int n) {
    Graph graph = bench.graph();
    // The sum takes the place of y, so that y is computed here and not an input.
    SDVariable y = Add.of(graph, bench.fixed("y", groups * m, n), bench.fixed("z", groups * m, n));
    SDVariable x = bench.fixed("x", groups * m, k);
    SDVariable a = bench.fixed("a", groups, k, r);
    SDVariable b = bench.fixed("b", groups, r, n);
    return LowRankAdd.of(graph, List.of(y, x, a, b), 0.75);
  }

  @ParameterizedTest(name = "in {0}, out {1}")
  @CsvSource({"5,3", "16,7", "64,33", "100,130"})
  void a_row_of_a_skinny_product_has_the_bits_it_has_alone(int k, int n) {
    Bench all = new Bench("rows", k, n);
    SDVariable x = all.fixed("x", MOST, k);
    SDVariable y = SkinnyMatMul.of(all.graph(), x, all.fixed("w", n, k));
    INDArray whole = Run.outputs(all, List.of(y)).get(0);
    for (int rows = 1; rows <= MOST; rows++) {
      for (int from : new int[] {0, MOST - rows}) {
        Bench part = new Bench("part", rows, from);
        SDVariable few = part.input("x", rows(all.values().get("x"), from, rows));
        SDVariable w = part.input("w", all.values().get("w"));
        INDArray got = Run.outputs(part, List.of(SkinnyMatMul.of(part.graph(), few, w))).get(0);
        assertThat(Run.bits(got))
            .as("%d rows from %d, %s", rows, from, all.title())
            .isEqualTo(Run.bits(rows(whole, from, rows)));
      }
    }
  }

  @ParameterizedTest(name = "in {0}, rank {1}, out {2}")
  @CsvSource({"5,2,3", "16,8,40", "33,4,9"})
  void a_row_of_a_low_rank_sum_has_the_bits_it_has_alone(int k, int r, int n) {
    Bench all = new Bench("adapted rows", k, r, n);
    INDArray whole = Run.outputs(all, List.of(lowRank(all, 2, 5, k, r, n))).get(0);
    for (int row = 0; row < 10; row++) {
      Bench alone = new Bench("adapted row", row);
      Graph graph = alone.graph();
      SDVariable[] in = new SDVariable[5];
      for (int i = 0; i < 3; i++) {
        String name = List.of("y", "z", "x").get(i);
        in[i] = alone.input(name, rows(all.values().get(name), row, 1));
      }
      for (int i = 3; i < 5; i++) {
        String name = List.of("a", "b").get(i - 3);
        in[i] =
            alone.input(
                name,
                all.values()
                    .get(name)
                    .slice(row / 5)
                    .dup()
                    .reshape('c', 1, i == 3 ? k : r, i == 3 ? r : n));
      }
      SDVariable y =
          LowRankAdd.of(graph, List.of(Add.of(graph, in[0], in[1]), in[2], in[3], in[4]), 0.75);
      assertThat(Run.bits(Run.outputs(alone, List.of(y)).get(0)))
          .as("row %d, %s", row, all.title())
          .isEqualTo(Run.bits(rows(whole, row, 1)));
    }
  }

  private static INDArray rows(INDArray of, int from, int count) {
    return of.get(NDArrayIndex.interval(from, from + count), NDArrayIndex.all()).dup('c');
  }

  @Test
  void padding_of_odd_widths_carries_nothing_from_one_run_to_the_next() {
    Bench wide = new Bench("wide");
    SDVariable y = SkinnyMatMul.of(wide.graph(), wide.fixed("x", 9, 64), wide.fixed("w", 40, 64));
    wide.values().get("x").assign(Float.NaN);
    Run.outputs(wide, List.of(y));
    Bench odd = new Bench("odd");
    SDVariable ones = odd.input("x", Nd4j.ones(3, 5));
    SDVariable w = odd.input("w", Nd4j.ones(6, 5));
    INDArray sums = Run.outputs(odd, List.of(SkinnyMatMul.of(odd.graph(), ones, w))).get(0);
    assertThat(sums.data().asFloat()).containsOnly(5f);
  }

  @Test
  void shapes_that_do_not_fit_are_refused() {
    Bench bench = new Bench("shapes");
    assertThatThrownBy(
            () -> SkinnyMatMul.of(bench.graph(), bench.fixed("x", 2, 5), bench.fixed("w", 3, 4)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("w must be float32 [n, 5] but is w float32 [3, 4]");
  }
}
