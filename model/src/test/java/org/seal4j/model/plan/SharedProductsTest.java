package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.blas.ColumnBlocks;
import org.seal4j.model.blas.KernelChoice;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.MatMul;

/** A product whose columns are shared among threads has the bits of one thread. */
class SharedProductsTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20260101L);

  private static float[] product(INDArray x, INDArray w, int threads) {
    Graph graph = new Graph();
    SDVariable rows = graph.placeholder("x", DataType.FLOAT, x.shape());
    SDVariable weight = graph.parameter("w", w, false);
    SDVariable out = MatMul.linear(graph, rows, weight, 1);
    try (Worker worker = new Worker(Engine.KERNELS, threads);
        Executable plan = worker.executable(graph, List.of(out))) {
      plan.port("x").get().f().put(0, x.data().asFloat());
      for (int i = 0; i < 3; i++) {
        plan.run();
      }
      float[] all = new float[x.rows() * w.rows()];
      plan.port(out.name()).get(0, all);
      return all;
    }
  }

  private static INDArray random(Rng rng, int rows, int columns) {
    float[] all = new float[rows * columns];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) (rng.nextDouble() - 0.5);
    }
    return Nd4j.createFromArray(all).reshape('c', rows, columns);
  }

  @ParameterizedTest
  @CsvSource({
    "64, 576, 576",
    "64, 1536, 576",
    "64, 576, 1536",
    "64, 192, 576",
    "37, 1000, 700",
    "128, 4864, 896",
    "64, 2049, 2048",
    "17, 3000, 333",
    "64, 896, 896",
    "64, 960, 960",
    "64, 2560, 960",
    "33, 5632, 512",
    "1, 4096, 4096",
    "2, 4096, 2048",
    "5, 2000, 1000",
    "7, 2000, 1000",
    "12, 2000, 1000",
    "65, 2000, 300",
    "67, 2000, 300",
    "72, 2000, 300",
    "79, 2000, 300"
  })
  void a_column_does_not_depend_on_the_number_of_threads(int m, int n, int k) {
    Rng rng = Seeds.of(SEED).child("product", n).rng();
    INDArray x = random(rng, m, k);
    INDArray w = random(rng, n, k);
    float[] alone = product(x, w, 1);
    assertThat(alone[alone.length - 1]).isNotZero();
    for (int threads : new int[] {2, 3, 5, 8}) {
      assertThat(product(x, w, threads))
          .as("%d threads, kernel %s, seed %d", threads, KernelChoice.inUse(), SEED)
          .isEqualTo(alone);
    }
  }

  @Test
  void wide_products_of_known_kernels_are_shared() {
    List<Integer> cuts = ColumnBlocks.cuts(64, 576, 1536, 2);
    boolean known = List.of("HASWELL", "ZEN").contains(KernelChoice.inUse());
    assertThat(cuts).isEqualTo(known ? List.of(640) : List.of());
    assertThat(ColumnBlocks.cuts(64, 576, 576, 2)).isEqualTo(known ? List.of(288) : List.of());
    assertThat(ColumnBlocks.cuts(64, 576, 192, 2)).as("one block").isEmpty();
    assertThat(ColumnBlocks.cuts(2, 64, 1536, 2)).as("too little work").isEmpty();
    assertThat(ColumnBlocks.cuts(64, 576, 1536, 1)).isEmpty();
  }

  @Test
  void a_part_is_never_so_small_that_BLAS_has_other_kernels_for_it() {
    Rng rng = Seeds.of(SEED).child("small").rng();
    INDArray x = random(rng, 16, 64);
    INDArray w = random(rng, 640, 64);
    assertThat(product(x, w, 4)).isEqualTo(product(x, w, 1));
  }
}
