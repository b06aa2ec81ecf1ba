package org.seal4j.scripts.arc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.TaskHash;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.synth.Pool;
import org.seal4j.data.synth.SynthTasks;
import org.seal4j.rl.keys.HeldOut;
import org.seal4j.rl.keys.LoopKeys;

/** Procedural tasks: the loop, development and confirmation share no family. */
final class SynthPlan {
  private final ArcKeys config;
  private final Fitting fitting;
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Seeds seeds;

  SynthPlan(ArcKeys config, Seeds seeds) {
    this.config = config;
    this.fitting = new Fitting(config, leftOut);
    this.seeds = seeds;
  }

  TaskPlan plan() {
    LoopKeys loop = config.loop();
    List<List<ArcTask>> rounds = new ArrayList<>();
    List<ArcTask> all = sample(Pool.RL, Pool.RL.label(), loop.rounds() * loop.contextsPerRound());
    for (int round = 0; round < loop.rounds(); round++) {
      int from = round * loop.contextsPerRound();
      rounds.add(fitting.keep(all.subList(from, from + loop.contextsPerRound())));
    }
    Pool held =
        config.evaluate().pool() == HeldOut.CONFIRMATION ? Pool.CONFIRMATION : Pool.DEVELOPMENT;
    List<ArcTask> gate = fitting.keep(sample(Pool.DEVELOPMENT, "gate", config.gate().tasks()));
    List<ArcTask> evaluation =
        fitting.keep(sample(held, held.label(), config.evaluate().contexts()));
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put("loop tasks", TaskHash.sha256(all));
    hashes.put("gate tasks", TaskHash.sha256(gate));
    hashes.put("evaluation tasks", TaskHash.sha256(evaluation));
    return new TaskPlan(rounds, gate, evaluation, leftOut, hashes, List.of());
  }

  private List<ArcTask> sample(Pool pool, String label, int count) {
    return SynthTasks.sample(
        label,
        SynthTasks.families(pool, config.data().inputs()),
        config.data().demonstrations(),
        count,
        seeds.child("tasks"));
  }
}
