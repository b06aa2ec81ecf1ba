package org.seal4j.scripts.passage;

import java.util.List;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.RewardRule;
import org.seal4j.rl.experiment.ConditionedLoop;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.keys.LoopKeys;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;

/** The outer loop on passages with its conditions. */
final class PassageLoop {
  static final String BASE = "base";
  static final String PASSAGE_LABEL = "passage only";

  private final Lab lab;
  private final PassagePlan plan;
  private final ConditionedLoop<PassageContext, KnowledgeEdit> loop;

  PassageLoop(
      Lab lab,
      PassageKeys recipe,
      LoopKeys loopKeys,
      PassageInputs inputs,
      LoopPorts<PassageContext, KnowledgeEdit> ports) {
    this.lab = lab;
    this.plan = inputs.plan();
    loop =
        new ConditionedLoop<>(
            lab,
            ports.withRewards(
                RewardRule.named(loopKeys.reward()).executor(inputs.domain(), ports.rewards())),
            loopKeys.config(recipe.learns()),
            plan.loop(recipe.evaluate().editsPerContext()),
            lab.seeds().child("loop"));
  }

  /** Every condition without reinforcement; nothing is learned. */
  Phases before() {
    loop.condition("base model, not adapted", BASE, EditSource.none(), 1);
    loop.condition(PASSAGE_LABEL, "passage", EditSource.fixed(KnowledgeEdit.none()), 1);
    plan.teacher().ifPresent(teacher -> loop.ceiling("teacher text", "teacher", teacher, 1));
    List<EditRow> written = loop.withoutRl();
    WritingStyle.gates(plan, written).forEach(gate -> lab.say(gate.sentence()));
    return loop.soFar();
  }

  /** The rounds, each with its evaluation. */
  Phases rounds() {
    return loop.rounds();
  }
}
