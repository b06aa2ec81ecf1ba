package org.seal4j.model.generate;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.BoundInputs;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LmInputs;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Products;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.HostPort;
import org.seal4j.model.plan.Worker;

/**
 * What a text is to a model as one vector: the mean over its tokens of the last hidden state, which
 * the head reads (after the last norm). A vector depends on its text and the weights alone, to the
 * last bit: each text is a pass of its own, padded by its own length. Not thread-safe.
 */
public final class PooledStates implements AutoCloseable {
  private static final int PLANS = 16;
  private static final int LENGTH_STEP = 16;

  private final ModelConfig model;
  private final PlanCache<Integer, Pass> plans;
  private final float[] state;

  /** Of the model itself, without an adapter. */
  public PooledStates(Weights weights, Worker worker) {
    model = weights.config();
    state = new float[model.dim()];
    plans = new PlanCache<>(PLANS, time -> Pass.of(weights, time, worker));
  }

  /** A forward pass over one text of so many tokens, padding included. */
  private record Pass(Executable plan, BoundInputs inputs, HostPort states)
      implements AutoCloseable {
    static Pass of(Weights weights, int time, Worker worker) {
      Graph graph = new Graph();
      CausalLm lm =
          CausalLm.frozen(
              graph, weights, LinearBank.base(weights).linear(graph, Products.inCalls(1)));
      LmInputs in = LmInputs.declare(graph, weights.config(), time);
      SDVariable states = lm.states(in, CausalLm.fullAttention(graph, weights.config(), 1));
      Executable plan = worker.executable(graph, List.of(states));
      return new Pass(plan, new BoundInputs(plan), plan.port(states.name()));
    }

    @Override
    public void close() {
      plan.close();
    }
  }

  /**
   * The mean state of a text.
   *
   * @param ids its tokens, at least one
   * @return {@code [d]}; sums run in double in the order of the tokens and are rounded once
   */
  public float[] of(int[] ids) {
    Checks.require(ids.length >= 1, "a text without a token has no state; give it a word");
    Pass pass = plans.get((ids.length + LENGTH_STEP - 1) / LENGTH_STEP * LENGTH_STEP);
    for (int i = 0; i < pass.inputs.rows(); i++) {
      int id = i < ids.length ? ids[i] : 0;
      model.requireToken("token " + i, id, 0);
      pass.inputs.put(i, id, i, 0);
    }
    pass.plan.run();
    double[] sums = new double[state.length];
    for (int i = 0; i < ids.length; i++) {
      pass.states.get(i * state.length, state);
      for (int k = 0; k < sums.length; k++) {
        sums[k] += state[k];
      }
    }
    float[] mean = new float[sums.length];
    for (int k = 0; k < mean.length; k++) {
      mean[k] = (float) (sums[k] / ids.length);
    }
    return mean;
  }

  @Override
  public void close() {
    plans.close();
  }
}
