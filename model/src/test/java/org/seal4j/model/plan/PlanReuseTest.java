package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.seed.Rng;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphOp;
import org.seal4j.model.graph.MatMul;
import org.seal4j.model.graph.Reshape;
import org.seal4j.model.graph.RmsNorm;
import org.seal4j.model.graph.Scale;
import org.seal4j.model.graph.SwiGlu;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.Run;

/** Reusing buffers never changes a result, whatever the graph. */
class PlanReuseTest {

  @RepeatedTest(40)
  @Tag("slow")
  void a_plan_that_reuses_buffers_computes_what_one_computes_that_keeps_everything(
      RepetitionInfo repetition) {
    Bench bench = new Bench("random graph", repetition.getCurrentRepetition());
    List<SDVariable> outputs = randomGraph(bench);
    List<SDVariable> everything = new ArrayList<>();
    for (GraphOp op : PlanBuilder.needed(bench.graph(), outputs)) {
      everything.addAll(List.of(op.outputVariables()));
    }
    everything.addAll(outputs);
    try (Worker small = new Worker();
        Worker large = new Worker();
        Plan reusing = Plan.of(bench.graph(), outputs, small);
        Plan keeping = Plan.of(bench.graph(), everything, large)) {
      assertThat(large.buffers().bytes()).isZero();
      for (Plan plan : List.of(reusing, keeping)) {
        Run.fill(plan, bench);
        plan.run();
        plan.run();
      }
      for (SDVariable output : outputs) {
        assertThat(Run.bits(reusing.array(output.name())))
            .as("%s, %s", output.name(), bench.title())
            .isEqualTo(Run.bits(keeping.array(output.name())));
      }
    }
  }

  /** A random chain of ops over earlier results, and the gradients of some of them. */
  private static List<SDVariable> randomGraph(Bench bench) {
    Rng rng = bench.rng();
    List<SDVariable> made = new ArrayList<>();
    made.add(bench.floats("a", 3, 5));
    made.add(bench.floats("b", 3, 5));
    made.add(bench.floats("c", 6, 5));
    int ops = rng.between(5, 30);
    for (int i = 0; i < ops; i++) {
      made.add(randomOp(bench, rng, rng.pick(made), rng.pick(made)));
    }
    List<SDVariable> outputs = new ArrayList<>();
    SDVariable last = made.get(made.size() - 1);
    outputs.add(last);
    outputs.add(rng.pick(made));
    SDVariable loss = bench.weightedSum(last, rng.pick(made));
    List<SDVariable> reached = new ArrayList<>();
    for (SDVariable input : bench.wanted()) {
      if (reaches(bench.graph(), loss, input)) {
        reached.add(input);
      }
    }
    outputs.addAll(Backprop.gradients(bench.graph(), loss, reached).values());
    return outputs;
  }

  private static SDVariable randomOp(Bench bench, Rng rng, SDVariable x, SDVariable y) {
    Graph g = bench.graph();
    long[] shape = g.shape(x);
    boolean sameShape = java.util.Arrays.equals(shape, g.shape(y));
    return switch (rng.nextInt(6)) {
      case 0 -> Scale.of(g, x, 0.7);
      case 1 -> Reshape.of(g, x, shape[1], shape[0]);
      case 2 -> sameShape ? Add.scaled(g, x, y, 0.5) : Add.of(g, x, x);
      case 3 -> sameShape ? SwiGlu.of(g, x, y) : SwiGlu.of(g, x, x);
      case 4 -> RmsNorm.of(g, x, bench.fixed("gain" + g.ops().size(), shape[1]), 1e-3);
      default -> MatMul.of(g, x, x, true, false);
    };
  }

  private static boolean reaches(Graph graph, SDVariable loss, SDVariable input) {
    return PlanBuilder.needed(graph, List.of(loss)).stream()
        .flatMap(op -> List.of(op.args()).stream())
        .anyMatch(in -> in.name().equals(input.name()));
  }
}
