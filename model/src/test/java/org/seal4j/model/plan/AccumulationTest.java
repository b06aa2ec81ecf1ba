package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.MatMul;
import org.seal4j.model.graph.Reshape;
import org.seal4j.model.graph.Scale;

/** A product that is added where its sum stands changes nothing that can be seen. */
class AccumulationTest {
  private static final int SIZE = 4;
  private static final int GRAPHS = 150;

  @Test
  @Tag("slow")
  void sums_of_products_in_random_graphs_are_those_of_stock_ops() {
    long root = TestSeeds.value("accumulation", 20261126L);
    int absorbed = 0;
    for (int i = 0; i < GRAPHS; i++) {
      Rng rng = Seeds.of(root).child("graph", i).rng();
      Graph graph = new Graph();
      List<SDVariable> asked = random(graph, rng);
      absorbed += absorbed(graph, asked);
      try (Worker worker = new Worker();
          Plan plan = Plan.of(graph, asked, worker);
          StockPlan stock = StockPlan.of(graph, asked, worker)) {
        for (String input : List.of("x", "y")) {
          float[] values = new float[SIZE * SIZE];
          for (int v = 0; v < values.length; v++) {
            values[v] = (float) rng.nextGaussian() / 2;
          }
          plan.array(input).data().setData(values);
          stock.array(input).data().setData(values);
        }
        stock.run();
        for (int run = 0; run < 2; run++) {
          plan.run();
          for (SDVariable output : asked) {
            assertThat(plan.array(output.name()).dup().data().asFloat())
                .as("graph %d, run %d, %s", i, run, output.name())
                .containsExactly(stock.array(output.name()).dup().data().asFloat(), within(1e-3f));
          }
        }
      }
    }
    assertThat(absorbed).as("products that were added in place").isGreaterThan(GRAPHS);
  }

  /** A graph of sums, products, views and multiples, and what is asked for of it. */
  static List<SDVariable> random(Graph graph, Rng rng) {
    List<SDVariable> made = new ArrayList<>();
    made.add(graph.placeholder("x", DataType.FLOAT, SIZE, SIZE));
    made.add(graph.placeholder("y", DataType.FLOAT, SIZE, SIZE));
    // Both inputs reach the output, so that every plan has them.
    made.add(MatMul.of(graph, made.get(0), made.get(1), false, true));
    for (int i = 0; i < 14; i++) {
      SDVariable a = made.get(made.size() - 1 - rng.nextInt(Math.min(4, made.size())));
      SDVariable b = made.get(made.size() - 1 - rng.nextInt(Math.min(4, made.size())));
      made.add(
          switch (rng.nextInt(6)) {
            case 0 -> Scale.of(graph, a, 0.5);
            case 1 -> Add.scaled(graph, a, b, 0.25);
            case 2 -> Reshape.of(graph, Reshape.of(graph, a, 2, 8), SIZE, SIZE);
            case 3 -> Add.of(graph, a, b);
            default -> sumOfProduct(graph, rng, a, b);
          });
    }
    SDVariable last = made.get(made.size() - 1);
    List<SDVariable> asked = new ArrayList<>();
    asked.add(Add.of(graph, last, made.get(2)));
    if (rng.nextInt(2) == 0) {
      asked.add(last);
    }
    if (rng.nextInt(2) == 0) {
      asked.add(made.get(3 + rng.nextInt(made.size() - 4)));
    }
    return asked;
  }

  private static SDVariable sumOfProduct(Graph graph, Rng rng, SDVariable a, SDVariable b) {
    SDVariable scaled = Scale.of(graph, a, 0.3);
    SDVariable product = MatMul.of(graph, scaled, b, rng.nextInt(2) == 0, rng.nextInt(2) == 0);
    if (rng.nextInt(2) == 0) {
      product = Reshape.of(graph, Reshape.of(graph, product, 1, SIZE, SIZE), SIZE, SIZE);
    }
    SDVariable term = rng.nextInt(2) == 0 ? a : Scale.of(graph, b, 0.7);
    return rng.nextInt(2) == 0 ? Add.of(graph, term, product) : Add.of(graph, product, term);
  }

  private static int absorbed(Graph graph, List<SDVariable> asked) {
    Accumulation found =
        new Accumulation(
            PlanBuilder.needed(graph, asked),
            asked.stream().map(SDVariable::name).collect(java.util.stream.Collectors.toSet()));
    return (int) graph.ops().stream().filter(op -> found.sum(op) != null).count();
  }

  @Test
  void the_delta_of_an_adapter_is_added_to_the_base_product_without_a_pass_of_its_own() {
    Graph g = new Graph();
    SDVariable x = g.placeholder("x", DataType.FLOAT, SIZE, SIZE);
    SDVariable base = MatMul.of(g, x, x, false, true);
    SDVariable sum = Add.of(g, base, MatMul.of(g, x, x, false, false));
    assertThat(kinds(g, sum)).containsOnlyKeys("matmul");
  }

  @Test
  void an_input_is_never_written_to() {
    Graph g = new Graph();
    SDVariable x = g.placeholder("x", DataType.FLOAT, SIZE, SIZE);
    SDVariable sum = Add.of(g, x, MatMul.of(g, x, x, false, false));
    assertThat(kinds(g, sum)).containsOnlyKeys("matmul", "seal_add_scaled");
  }

  @Test
  void a_product_that_reads_the_other_term_is_computed_before_the_sum() {
    Graph g = new Graph();
    SDVariable x = g.placeholder("x", DataType.FLOAT, SIZE, SIZE);
    SDVariable term = Scale.of(g, x, 2);
    SDVariable sum = Add.of(g, term, MatMul.of(g, term, x, false, false));
    assertThat(absorbed(g, List.of(sum))).isZero();
  }

  @Test
  void a_product_is_not_put_off_until_what_it_reads_has_been_written_over() {
    Graph g = new Graph();
    SDVariable x = g.placeholder("x", DataType.FLOAT, SIZE, SIZE);
    SDVariable read = Scale.of(g, x, 2);
    SDVariable early = MatMul.of(g, read, x, false, false);
    SDVariable over = Add.of(g, read, MatMul.of(g, x, x, false, false));
    SDVariable late = Add.of(g, Scale.of(g, over, 1), early);
    assertThat(absorbed(g, List.of(late))).isOne();
  }

  private static Map<String, Long> kinds(Graph g, SDVariable output) {
    Map<String, Long> kinds = new LinkedHashMap<>();
    try (Worker worker = new Worker();
        Plan plan = Plan.of(g, List.of(output), worker)) {
      INDArray x = plan.array("x").assign(1);
      plan.profile(kinds, System::nanoTime);
      assertThat(x.maxNumber().intValue()).isEqualTo(1);
      assertThat(plan.array(output.name()).getDouble(0)).isIn(8.0, 5.0);
    }
    return kinds;
  }
}
