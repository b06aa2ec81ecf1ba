package org.seal4j.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seal4j.model.kernel.AttentionShape;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

/** The ops of batches that rows join and leave: what a row gives is what it gives alone. */
class RowsOfManyTest {
  @ParameterizedTest(name = "rows {0}, adapters {1}, in {2}, rank {3}, out {4}")
  @CsvSource({"1,1,1,1,1", "3,2,5,2,7", "9,4,33,9,40", "5,3,64,17,65", "16,8,16,4,24"})
  void a_low_rank_sum_by_row_matches_its_twin(int m, int adapters, int in, int rank, int out) {
    Bench bench = new Bench("low rank by row", m, adapters, in, rank, out);
    int[] named = IntStream.range(0, m).map(i -> bench.rng().nextInt(adapters + 1) - 1).toArray();
    INDArray scale = Nd4j.createFromArray(scales(adapters));
    TwinCheck.forward(bench, List.of(sum(bench, named, in, rank, out, scale)));
  }

  /** One of several adapters leaves the module alone. */
  private static float[] scales(int adapters) {
    float[] scales = new float[adapters];
    for (int i = 0; i < adapters; i++) {
      scales[i] = i == 1 ? 0 : 0.5f + 0.3f * i;
    }
    return scales;
  }

  private static SDVariable sum(
      Bench bench, int[] named, int in, int rank, int out, INDArray scale) {
    Graph graph = bench.graph();
    int m = named.length;
    SDVariable y = Add.of(graph, bench.fixed("y", m, out), bench.fixed("z", m, out));
    SDVariable x = bench.fixed("x", m, in);
    SDVariable a = bench.fixed("a", scale.length(), in, rank);
    SDVariable b = bench.fixed("b", scale.length(), rank, out);
    SDVariable scales = bench.input("scale", scale);
    return RowLowRankAdd.of(graph, List.of(y, x, a, b, scales, bench.ids("adapter", named)));
  }

  @ParameterizedTest(name = "in {0}, rank {1} of {2}, out {3}")
  @CsvSource({"5,2,3,3", "16,8,19,40", "33,4,4,9", "30,1,16,31", "7,16,17,65"})
  void a_row_has_the_bits_of_its_adapter_alone_also_where_that_is_narrower(
      int in, int rank, int wide, int out) {
    int[] named = {2, -1, 0, 2, 0, 1, -1};
    Bench all = new Bench("rows of adapters", in, rank, wide, out);
    SDVariable sum = sum(all, named, in, wide, out, Nd4j.createFromArray(0.75f, 0f, 1.7f));
    INDArray a = all.values().get("a");
    INDArray b = all.values().get("b");
    if (wide > rank) {
      a.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(rank, wide)).assign(0);
      b.get(NDArrayIndex.all(), NDArrayIndex.interval(rank, wide), NDArrayIndex.all()).assign(0);
    }
    INDArray whole = Run.outputs(all, List.of(sum)).get(0);
    for (int row = 0; row < named.length; row++) {
      Bench one = new Bench("one row", row);
      SDVariable y = Add.of(one.graph(), row(one, all, "y", row), row(one, all, "z", row));
      if (named[row] == 0 || named[row] == 2) {
        INDArray ownA = a.slice(named[row]).get(NDArrayIndex.all(), NDArrayIndex.interval(0, rank));
        INDArray ownB = b.slice(named[row]).get(NDArrayIndex.interval(0, rank), NDArrayIndex.all());
        y =
            LowRankAdd.of(
                one.graph(),
                List.of(
                    y,
                    row(one, all, "x", row),
                    one.input("a", ownA.dup('c').reshape('c', 1, in, rank)),
                    one.input("b", ownB.dup('c').reshape('c', 1, rank, out))),
                named[row] == 0 ? 0.75 : 1.7);
      }
      assertThat(Run.bits(whole.getRow(row).dup()))
          .as("row %d, %s", row, all.title())
          .isEqualTo(Run.bits(Run.outputs(one, List.of(y)).get(0)));
    }
  }

  private static SDVariable row(Bench one, Bench all, String name, int row) {
    INDArray whole = all.values().get(name);
    return one.input(name, whole.getRow(row).dup().reshape('c', 1, whole.size(1)));
  }

  @ParameterizedTest(name = "fresh {0}, heads {1}/{2} of {3}, cap {4}, window {5}")
  @CsvSource({"1,2,1,6,0,0", "1,4,2,8,0.7,4", "5,4,4,2,0,0", "17,4,2,6,0,16", "3,2,2,10,0.5,3"})
  void a_row_attends_to_its_region_as_to_a_cache_of_its_own(
      int fresh, int heads, int kvHeads, int size, double cap, int window) {
    AttentionShape shape = new AttentionShape(heads, kvHeads, size).with(7.5, cap, window);
    int width = shape.kvWidth();
    int[] capacity = {64, 32, 96};
    int[] offset = {96, 0, 176};
    int[] start = {64 - fresh, 3, 40};
    int tokens = 288;
    Bench all = new Bench("regions", fresh, heads, kvHeads, size, window);
    SDVariable[] outputs =
        RegionAttention.of(
            all.graph(),
            List.of(
                all.fixed("q", 3L * fresh, shape.queryWidth()),
                all.fixed("k", 3L * fresh, width),
                all.fixed("v", 3L * fresh, width),
                all.fixed("keys", tokens / 16, kvHeads, size, 16),
                all.fixed("values", tokens / 16, kvHeads, 16, size),
                all.ids("start", start),
                all.ids("offset", offset),
                all.ids("capacity", capacity)),
            shape);
    List<INDArray> got = Run.outputs(all, List.of(outputs));
    for (int row = 0; row < 3; row++) {
      Bench one = new Bench("own cache", row);
      SDVariable[] alone =
          CachedAttention.of(
              one.graph(),
              List.of(
                  one.input("q", rows(all, "q", row * fresh, fresh)),
                  one.input("k", rows(all, "k", row * fresh, fresh)),
                  one.input("v", rows(all, "v", row * fresh, fresh)),
                  one.input(
                      "keys",
                      part(all.values().get("keys"), offset[row] / 16, capacity[row] / 16)
                          .reshape('c', 1, capacity[row] / 16, kvHeads, size, 16)),
                  one.input(
                      "values",
                      part(all.values().get("values"), offset[row] / 16, capacity[row] / 16)
                          .reshape('c', 1, capacity[row] / 16, kvHeads, 16, size)),
                  one.ids("start", start[row])),
              shape);
      List<INDArray> expected = Run.outputs(one, List.of(alone));
      assertThat(Run.bits(part(got.get(0), row * fresh, fresh)))
          .as("row %d, %s", row, all.title())
          .isEqualTo(Run.bits(expected.get(0)));
      for (int side = 1; side <= 2; side++) {
        assertThat(Run.bits(part(got.get(side), offset[row] / 16, capacity[row] / 16)))
            .isEqualTo(Run.bits(expected.get(side)));
      }
    }
    // What lies between the regions is nobody's: as it was.
    assertThat(Run.bits(part(got.get(1), 2, 4))).isEqualTo(Run.bits(rows(all, "keys", 2, 4)));
  }

  private static INDArray rows(Bench bench, String name, int from, int count) {
    return part(bench.values().get(name), from, count);
  }

  private static INDArray part(INDArray of, int from, int count) {
    return of.get(NDArrayIndex.interval(from, from + count)).dup('c');
  }

  @ParameterizedTest(name = "start {0}, offset {1}, capacity {2}")
  @CsvSource({"15,0,16", "-1,0,16", "0,16,32", "0,-16,16", "0,0,-16", "0,8,16", "0,0,24"})
  void tokens_outside_of_their_region_and_regions_outside_of_the_memory_are_refused(
      int start, int offset, int capacity) {
    AttentionShape shape = new AttentionShape(2, 1, 6);
    Bench bench = new Bench("outside", start, offset, capacity);
    SDVariable[] outputs =
        RegionAttention.of(
            bench.graph(),
            List.of(
                bench.fixed("q", 2, shape.queryWidth()),
                bench.fixed("k", 2, shape.kvWidth()),
                bench.fixed("v", 2, shape.kvWidth()),
                bench.fixed("keys", 2, 1, 6, 16),
                bench.fixed("values", 2, 1, 16, 6),
                bench.ids("start", start),
                bench.ids("offset", offset),
                bench.ids("capacity", capacity)),
            shape);
    assertThatThrownBy(() -> Run.outputs(bench, List.of(outputs)))
        .hasMessageMatching(".*(wants tokens|of a memory of 32 in blocks of 16).*");
  }

  @Test
  void regions_have_no_form_in_stock_ops_and_say_so() {
    AttentionShape shape = new AttentionShape(2, 1, 6);
    Bench bench = new Bench("stock");
    SDVariable[] outputs =
        RegionAttention.of(
            bench.graph(),
            List.of(
                bench.fixed("q", 1, shape.queryWidth()),
                bench.fixed("k", 1, shape.kvWidth()),
                bench.fixed("v", 1, shape.kvWidth()),
                bench.fixed("keys", 2, 1, 6, 16),
                bench.fixed("values", 2, 1, 16, 6),
                bench.ids("start", 0),
                bench.ids("offset", 0),
                bench.ids("capacity", 16)),
            shape);
    assertThatThrownBy(() -> TwinCheck.forward(bench, List.of(outputs)))
        .hasMessageContaining("no form in stock ops");
  }
}
