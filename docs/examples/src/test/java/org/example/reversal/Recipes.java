package org.example.reversal;

import org.seal4j.lora.policy.GroupRelative;
import org.seal4j.lora.train.InnerLoopConfig.PadTo;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.rl.keys.EvaluateKeys;
import org.seal4j.rl.keys.HeldOut;
import org.seal4j.rl.keys.InnerKeys;
import org.seal4j.rl.keys.InnerKeys.GroupKeys;
import org.seal4j.rl.keys.Learning;
import org.seal4j.rl.keys.LoopKeys;
import org.seal4j.rl.keys.LoraKeys;
import org.seal4j.rl.keys.ModelKeys;
import org.seal4j.rl.keys.PolicyKeys;
import org.seal4j.rl.keys.PretrainKeys;
import org.seal4j.rl.keys.ReinforceKeys;
import org.seal4j.rl.restem.TopPerTask.Ranking;

/** Recipes as records: what the command line reads from YAML. */
public final class Recipes {
  private Recipes() {}

  /** The keys of {@code reversal.yaml}. */
  public static ReversalKeys reversal() {
    return reversal(Learning.RESTEM);
  }

  /** The same with {@code --set learning=...}. */
  public static ReversalKeys reversal(Learning learning) {
    return recipe(
        OptimizerSpec.ADAMW, Schedule.CONSTANT, new LoopKeys(2, 12, 5, 0, "trained", "top_per_context", Ranking.REWARD, 1), 200, 50, learning);
  }

  /** The same with other parts. */
  public static ReversalKeys recipe(
      OptimizerSpec optimizer, Schedule schedule, LoopKeys loop, int steps, int words) {
    return recipe(optimizer, schedule, loop, steps, words, Learning.RESTEM);
  }

  private static ReversalKeys recipe(
      OptimizerSpec optimizer, Schedule schedule, LoopKeys loop, int steps, int words, Learning learning) {
    return new ReversalKeys(
        new ModelKeys(null, 32, 2, 4, 2, 8, 64, 10000),
        new PretrainKeys(
            steps, 64, 1, optimizer, 0.002, 0.02, Schedule.COSINE, 10, 1, 0.1, 0.5, 50),
        new PolicyKeys(1, 1, null, null),
        new InnerKeys(
            new LoraKeys(4, 8, "all-linear+head"),
            null, 24, 1, optimizer, schedule, 0, 1, null,
            new GroupKeys(8, 8, PadTo.TASK, null)),
        loop,
        new InnerKeys(
            new LoraKeys(8, 16, "all-linear+head"),
            0.01, 4, 4, null, Schedule.LINEAR, 0, 1, null, null),
        new EvaluateKeys(HeldOut.DEVELOPMENT, words, 2),
        learning,
        new ReinforceKeys(0.2, 0.01, GroupRelative.Normalisation.SAMPLE, true, 0.3, 0.02, 16, 4));
  }
}
