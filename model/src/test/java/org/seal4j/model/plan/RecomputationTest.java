package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;

/** What is computed again has the bits that it had the first time. */
class RecomputationTest {
  private static final int GRAPHS = 150;

  @Tag("slow")
  @Test
  void boundaries_in_random_graphs_change_no_bit() {
    long root = TestSeeds.value("recomputation", 20261127L);
    int repeated = 0;
    int copied = 0;
    for (int i = 0; i < GRAPHS; i++) {
      Map<String, float[]> expected = random(root, i, false, new HashMap<>());
      Map<String, Long> steps = new HashMap<>();
      Map<String, float[]> actual = random(root, i, true, steps);
      assertThat(actual).hasSameSizeAs(expected);
      for (Map.Entry<String, float[]> output : expected.entrySet()) {
        assertThat(actual.get(output.getKey()))
            .as("graph %d, %s", i, output.getKey())
            .isEqualTo(output.getValue());
      }
      repeated += steps.containsKey("again") ? 1 : 0;
      copied += steps.containsKey("copy") ? 1 : 0;
    }
    assertThat(repeated).as("graphs with something computed again").isGreaterThan(GRAPHS / 4);
    assertThat(copied).as("graphs with a sum in a copy of its term").isPositive();
  }

  /** Runs a graph twice, for what is left over from the first run must not matter. */
  private static Map<String, float[]> random(
      long root, int i, boolean bounded, Map<String, Long> steps) {
    Rng rng = Seeds.of(root).child("graph", i).rng();
    Graph graph = new Graph();
    List<SDVariable> asked = AccumulationTest.random(graph, rng);
    if (bounded) {
      Rng choice = Seeds.of(root).child("boundaries", i).rng();
      List<GraphOp> forward = graph.ops().subList(0, graph.ops().size() * 2 / 3);
      for (GraphOp op : forward) {
        if (choice.nextInt(4) == 0) {
          graph.boundary(op.output());
        }
      }
    }
    try (Worker worker = new Worker();
        Plan plan = Plan.of(graph, asked, worker)) {
      Rng values = Seeds.of(root).child("values", i).rng();
      for (String input : List.of("x", "y")) {
        float[] numbers = new float[(int) plan.array(input).length()];
        for (int v = 0; v < numbers.length; v++) {
          numbers[v] = (float) values.nextGaussian() / 2;
        }
        plan.array(input).data().setData(numbers);
      }
      plan.run();
      plan.profile(steps, System::nanoTime);
      if (plan.size() > once(graph, asked)) {
        steps.put("again", 1L);
      }
      Map<String, float[]> outputs = new HashMap<>();
      asked.forEach(
          output -> outputs.put(output.name(), plan.array(output.name()).dup().data().asFloat()));
      return outputs;
    }
  }

  /** Steps of a plan that computes everything once. */
  private static int once(Graph graph, List<SDVariable> asked) {
    Accumulation sums =
        new Accumulation(
            PlanBuilder.needed(graph, asked),
            asked.stream().map(SDVariable::name).collect(java.util.stream.Collectors.toSet()));
    return (int)
        PlanBuilder.needed(graph, asked).stream()
            .filter(op -> !(op instanceof org.seal4j.model.graph.Reshape) && !sums.isAbsorbed(op))
            .count();
  }

  private static Stream<ModelConfig> models() {
    return Stream.of(
        StepCase.EVERYTHING, StepCase.PLAIN, StepCase.FAMILIES, StepCase.GEMMA2, StepCase.GEMMA3);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("models")
  void loss_and_gradients_of_a_whole_model_have_the_same_bits(ModelConfig config) {
    try (Weights weights = Weights.random(config, 0.5, 1, Seeds.of(3));
        Worker worker = new Worker()) {
      StepCase kept = StepCase.of(weights, name -> true, 2, 7);
      StepCase again = StepCase.of(weights, name -> true, 2, 7);
      for (int layer = 0; layer < config.layers(); layer++) {
        again.graph.boundary(again.graph.variable("layers." + layer + ".mlp"));
      }
      try (Plan one = Plan.of(kept.graph, kept.outputs, worker);
          Plan two = Plan.of(again.graph, again.outputs, worker)) {
        assertThat(two.size()).isGreaterThan(one.size());
        for (int run = 0; run < 2; run++) {
          List<float[]> expected = run(one, kept);
          List<float[]> actual = run(two, again);
          for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i))
                .as("output %s, run %d", kept.outputs.get(i).name(), run)
                .isEqualTo(expected.get(i));
          }
        }
      }
    }
  }

  private static List<float[]> run(Plan plan, StepCase step) {
    step.values.forEach((name, value) -> plan.assign(name, value));
    plan.run();
    List<float[]> outputs = new ArrayList<>();
    step.outputs.forEach(output -> outputs.add(plan.array(output.name()).dup().data().asFloat()));
    return outputs;
  }

  @Test
  void a_model_of_many_layers_takes_a_part_of_the_memory() {
    ModelConfig config = ModelConfig.small(32, 32, 12, 2, 64);
    try (Weights weights = Weights.random(config, 0.5, 1, Seeds.of(3))) {
      long kept = pool(weights, 0);
      assertThat(pool(weights, 1)).isLessThan(kept / 2);
      assertThat(pool(weights, 3)).isLessThan(kept * 2 / 3);
    }
  }

  private static long pool(Weights weights, int every) {
    StepCase step = StepCase.of(weights, name -> name.contains("norm"), 2, 256);
    for (int layer = every - 1; every > 0 && layer < 12; layer += every) {
      step.graph.boundary(step.graph.variable("layers." + layer + ".mlp"));
    }
    try (Worker worker = new Worker();
        Plan plan = Plan.of(step.graph, step.outputs, worker)) {
      assertThat(plan.size()).isPositive();
      return worker.buffers().bytes();
    }
  }

  @Test
  void an_input_is_no_boundary() {
    Graph graph = new Graph();
    SDVariable x = graph.placeholder("x", DataType.FLOAT, 2, 3);
    assertThatThrownBy(() -> graph.boundary(x))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("x float32 [2, 3] is an input and bounds nothing");
  }
}
