package org.seal4j.model.testing;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LmInputs;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;

/** One forward pass over one sequence, for tests that look at logits. */
public final class Forward {
  private Forward() {}

  /** Logits {@code [t][v]} of a model without pair positions. */
  public static float[][] logits(Weights weights, int... ids) {
    Graph graph = new Graph();
    LmInputs in = LmInputs.declare(graph, weights.config(), ids.length);
    SDVariable logits =
        CausalLm.of(graph, weights, name -> false)
            .logits(in, CausalLm.fullAttention(graph, weights.config(), 1));
    try (Worker worker = new Worker();
        Plan plan = Plan.of(graph, List.of(logits), worker)) {
      Tensors.of(plan.array(LmInputs.IDS)).i().put(ids);
      Tensors.of(plan.array(LmInputs.POSITIONS)).i().put(IntStream.range(0, ids.length).toArray());
      plan.run();
      float[][] rows = new float[ids.length][weights.config().vocabSize()];
      for (int t = 0; t < ids.length; t++) {
        Tensors.of(plan.array(logits.name())).f().get(t * rows[t].length, rows[t]);
      }
      return rows;
    }
  }
}
