package org.seal4j.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seal4j.data.check.InputException;
import org.seal4j.model.kernel.FrozenWeight;
import org.seal4j.model.kernel.WeightForm;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

/** Products with weights of fewer bits. */
class FrozenMatMulTest {
  private static final int MOST = 33;

  private static FrozenWeight weight(Bench bench, WeightForm form, long n, long k) {
    bench.fixed("w", n, k);
    return FrozenWeight.of(form, Tensors.of(bench.values().get("w")));
  }

  @ParameterizedTest(name = "{0}, rows {1}, in {2}, out {3}")
  @CsvSource({
    "PACKED,1,1,1",
    "PACKED,5,7,3",
    "PACKED,33,5,65",
    "PACKED,9,300,130",
    "BF16,1,1,1",
    "INT8,1,1,1",
    "BF16,5,7,3",
    "INT8,5,7,3",
    "BF16,4,128,64",
    "INT8,4,128,64",
    "BF16,33,5,65",
    "INT8,33,5,65",
    "BF16,9,300,130",
    "INT8,9,300,130"
  })
  void a_frozen_product_matches_its_twin(WeightForm form, int m, int k, int n) {
    Bench bench = new Bench("frozen", form, m, k, n);
    FrozenWeight weight = weight(bench, form, n, k);
    SDVariable x = bench.fixed("x", m, k);
    TwinCheck.forward(bench, List.of(FrozenMatMul.of(bench.graph(), x, weight)));
  }

  @ParameterizedTest(name = "{0}, in {1}, out {2}")
  @CsvSource({
    "PACKED,5,3",
    "PACKED,100,130",
    "BF16,5,3",
    "INT8,5,3",
    "BF16,100,130",
    "INT8,100,130",
    "BF16,129,64"
  })
  @Tag("slow")
  void a_row_has_the_bits_it_has_alone(WeightForm form, int k, int n) {
    Bench all = new Bench("frozen rows", form, k, n);
    FrozenWeight weight = weight(all, form, n, k);
    SDVariable x = all.fixed("x", MOST, k);
    INDArray whole = Run.outputs(all, List.of(FrozenMatMul.of(all.graph(), x, weight))).get(0);
    for (int rows = 1; rows <= MOST; rows++) {
      for (int from : new int[] {0, MOST - rows}) {
        Bench part = new Bench("part", rows, from);
        SDVariable few = part.input("x", rows(all.values().get("x"), from, rows));
        INDArray got =
            Run.outputs(part, List.of(FrozenMatMul.of(part.graph(), few, weight))).get(0);
        assertThat(Run.bits(got))
            .as("%d rows from %d, %s", rows, from, all.title())
            .isEqualTo(Run.bits(rows(whole, from, rows)));
      }
    }
  }

  private static INDArray rows(INDArray of, int from, int count) {
    return of.get(NDArrayIndex.interval(from, from + count), NDArrayIndex.all()).dup('c');
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FLOAT32")
  void what_is_lost_is_at_most_half_a_step(WeightForm form) {
    Bench bench = new Bench("steps", form);
    float[] wide = weight(bench, form, 70, 33).widened();
    INDArray w = bench.values().get("w");
    for (int o = 0; o < 70; o++) {
      double top = w.getRow(o).amaxNumber().doubleValue();
      for (int i = 0; i < 33; i++) {
        double x = w.getDouble(o, i);
        double half =
            switch (form) {
              case INT8 -> top / 254;
              case BF16 -> Math.abs(x) / 256;
              default -> 0;
            };
        assertThat(Math.abs(wide[o * 33 + i] - x))
            .as("output %d, input %d, %s", o, i, bench.title())
            .isLessThanOrEqualTo(half * 1.0001);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FLOAT32")
  void numbers_that_the_form_has_come_back_as_they_were(WeightForm form) {
    INDArray w = Nd4j.createFromArray(new float[][] {{127, -127, 0, 3}, {0, 0, 0, 0}});
    assertThat(FrozenWeight.of(form, Tensors.of(w)).widened())
        .containsExactly(127, -127, 0, 3, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FLOAT32")
  void a_weight_that_is_no_number_is_not_taken_for_zero(WeightForm form) {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Bench bench = new Bench("bad", form);
      INDArray w = Nd4j.createFromArray(new float[][] {{1, bad, 2}, {1, 1, 1}});
      SDVariable x = bench.input("x", Nd4j.ones(1, 3));
      SDVariable y = FrozenMatMul.of(bench.graph(), x, FrozenWeight.of(form, Tensors.of(w)));
      float[] got = Run.outputs(bench, List.of(y)).get(0).data().asFloat();
      assertThat(Float.isFinite(got[0])).as("%s as %s", bad, form).isFalse();
      assertThat(got[1]).isCloseTo(3, within(1e-5f));
    }
  }

  @Test
  void a_copy_does_not_see_what_is_written_into_the_weight_later() {
    INDArray w = Nd4j.ones(2, 3);
    FrozenWeight copy = FrozenWeight.of(WeightForm.BF16, Tensors.of(w));
    w.assign(5);
    assertThat(copy.widened()).containsOnly(1f);
  }

  @Test
  void rows_of_another_width_are_refused() {
    Bench bench = new Bench("width");
    FrozenWeight weight = weight(bench, WeightForm.INT8, 3, 4);
    assertThatThrownBy(() -> FrozenMatMul.of(bench.graph(), bench.fixed("x", 2, 5), weight))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("x must be float32 [m, 4] but is x float32 [2, 5]");
  }
}
