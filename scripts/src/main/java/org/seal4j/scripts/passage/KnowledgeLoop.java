package org.seal4j.scripts.passage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.SealLoop;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.scripts.experiment.Phases;

/**
 * The outer loop with its evaluations: before round 1 every condition without reinforcement, after
 * each round the self-edits of the policy as it is then.
 */
final class KnowledgeLoop {
  private final KnowledgeConfig config;
  private final PassagePlan plan;
  private final SealLoop<PassageContext, KnowledgeEdit> loop;
  private final Consumer<String> say;
  private final Map<String, List<EditRow>> evaluations = new LinkedHashMap<>();

  KnowledgeLoop(
      KnowledgeConfig config,
      PassagePlan plan,
      LoopPorts<PassageContext, KnowledgeEdit> ports,
      Seeds seeds,
      Consumer<String> say) {
    this.config = config;
    this.plan = plan;
    this.say = say;
    loop = new SealLoop<>(config.loop().sealLoop(), ports, seeds);
  }

  /** Everything, in order. */
  Phases run() {
    before();
    return rounds();
  }

  /** Every condition without reinforcement; nothing is learned. */
  Map<String, List<EditRow>> before() {
    evaluate(KnowledgePhases.BASE, EditSource.none(), 1);
    evaluate(KnowledgePhases.PASSAGE, EditSource.fixed(KnowledgeEdit.none()), 1);
    plan.teacher().ifPresent(teacher -> evaluate(KnowledgePhases.TEACHER, teacher, 1));
    evaluate(Phases.NO_RL, EditSource.policy(), config.evaluate().editsPerPassage());
    WritingStyle.gates(plan, evaluations.getOrDefault(Phases.NO_RL, List.of()))
        .forEach(gate -> say.accept(gate.sentence()));
    return Map.copyOf(evaluations);
  }

  /** The rounds, each with its evaluation. */
  Phases rounds() {
    List<RoundResult> rounds =
        loop.run(
            plan::round,
            round -> {
              if (round > 0) {
                evaluate(
                    Phases.round(round), EditSource.policy(), config.evaluate().editsPerPassage());
              }
            });
    return KnowledgePhases.of(rounds, evaluations);
  }

  private void evaluate(String phase, EditSource<PassageContext, KnowledgeEdit> source, int edits) {
    List<EditRow> rows = loop.evaluate(phase, plan.evaluation(), source, edits);
    evaluations.put(phase, rows);
    double reward = rows.stream().mapToDouble(row -> row.outcome().reward()).average().orElse(0);
    say.accept(
        String.format(
            Locale.ROOT, "%s: %.1f %% of questions, %d edits", phase, 100 * reward, rows.size()));
  }
}
