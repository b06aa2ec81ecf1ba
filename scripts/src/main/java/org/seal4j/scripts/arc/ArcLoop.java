package org.seal4j.scripts.arc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.EditFormat;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.SealLoop;
import org.seal4j.rl.grid.EditTokens;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.GridContext;
import org.seal4j.scripts.experiment.Phases;

/**
 * The outer loop with its evaluations: before round 1 the gate and every condition without
 * reinforcement, after each round the self-edits of the policy as it is then.
 */
final class ArcLoop {
  private static final int DRAWS = 1000;

  private final ArcConfig config;
  private final TaskPlan plan;
  private final EditFormat<GridContext, FewShotEdit> format;
  private final SealLoop<GridContext, FewShotEdit> loop;
  private final Consumer<String> say;
  private final List<GridContext> heldOut;
  private final Map<String, List<EditRow>> evaluations = new LinkedHashMap<>();

  ArcLoop(
      ArcConfig config,
      TaskPlan plan,
      LoopPorts<GridContext, FewShotEdit> ports,
      Seeds seeds,
      Consumer<String> say) {
    this.config = config;
    this.plan = plan;
    this.format = ports.format();
    this.say = say;
    loop = new SealLoop<>(config.loop().sealLoop(), ports, seeds);
    heldOut = contexts(plan.evaluation());
  }

  Phases run() {
    List<RoundResult> rounds = loop.run(round -> contexts(plan.round(round)), this::between);
    return ArcPhases.of(rounds, evaluations);
  }

  private void between(int round) {
    int edits = config.evaluate().editsPerTask();
    if (round > 0) {
      evaluate(Phases.round(round), EditSource.policy(), edits);
      return;
    }
    gate();
    evaluate(ArcPhases.IN_CONTEXT, EditSource.none(), 1);
    evaluate(ArcPhases.FIXED, EditSource.fixed(config.fixedEdit()), edits);
    evaluate(ArcPhases.UNIFORM, EditSource.given(this::uniform), edits);
    evaluate(Phases.NO_RL, EditSource.policy(), edits);
  }

  private void gate() {
    List<EditRow> rows =
        loop.evaluate(
            ArcPhases.GATE, contexts(plan.gate()), EditSource.fixed(config.fixedEdit()), 1);
    evaluations.put(ArcPhases.GATE, rows);
    say.accept(Gate.of(rows, config.gate()).sentence());
  }

  private void evaluate(String phase, EditSource<GridContext, FewShotEdit> source, int edits) {
    List<EditRow> rows = loop.evaluate(phase, heldOut, source, edits);
    evaluations.put(phase, rows);
    double solved = rows.stream().mapToDouble(row -> row.outcome().reward()).average().orElse(0);
    say.accept(String.format(Locale.ROOT, "%s: %.1f %% of %d", phase, 100 * solved, rows.size()));
  }

  /** Every configuration that the context can afford is equally likely. */
  private FewShotEdit uniform(GridContext context, int index, Rng rng) {
    EditTokens tokens = new EditTokens(config.edit());
    for (int draw = 0; draw < DRAWS; draw++) {
      FewShotEdit edit = config.edit().draw(rng);
      String written = tokens.text(tokens.encode(edit));
      if (format.read(context, written) instanceof ParsedEdit.Valid<FewShotEdit>) {
        return edit;
      }
    }
    throw Checks.refuse(
        "task %s can afford none of %d random edits; raise adapt.maxSteps (%d)",
        context.id(), DRAWS, config.adapt().maxSteps());
  }

  private static List<GridContext> contexts(List<ArcTask> tasks) {
    return tasks.stream().map(GridContext::new).toList();
  }
}
