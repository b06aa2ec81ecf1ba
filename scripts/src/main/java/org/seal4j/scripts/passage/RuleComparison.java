package org.seal4j.scripts.passage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Sections;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.SealLoop;
import org.seal4j.rl.experiment.CommonFacts;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.LocalLoop;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.experiment.ResultTable;
import org.seal4j.rl.inner.Roles;
import org.seal4j.rl.inner.WeightsStore;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;

/**
 * ReST-EM by several rules, each from the same model, on the same passages, with the same random
 * numbers: the first round's self-edits are written and evaluated once for all.
 */
record RuleComparison(Lab lab, PassageKeys recipe, List<RuleKeys> rules, PassageInputs inputs) {
  private static final String TABLE =
      "mean share of a passage's questions answered without it, after the last round by each rule;"
          + " intervals are "
          + ResultTable.bootstrapped("passages");

  Findings findings() {
    RuleResults results = new RuleResults(lab.seeds(), measured());
    Phases phases = results.phases();
    PassagePlan plan = inputs.plan();
    lab.table(
        "answers",
        AnswerTable.SCHEMA,
        AnswerTable.rows(phases, plan.evaluation(), inputs.grader()));
    results.learned().forEach(lab::say);
    List<Fact> facts =
        new ArrayList<>(
            CommonFacts.model(inputs.model().weights().parameterCount(), inputs.start()));
    facts.addAll(CommonFacts.adapted(recipe.loop()));
    facts.add(new Fact("grader", inputs.grader().label()));
    plan.notes().forEach(note -> facts.add(new Fact("passages", note)));
    results.learned().forEach(line -> facts.add(new Fact("learned", line)));
    facts.addAll(proxies(results));
    Map<String, List<EditRow>> stages = new LinkedHashMap<>();
    stages.put("before RL", phases.rows(Phases.NO_RL));
    results.byRule().forEach((name, rule) -> stages.put(name, rule.after()));
    return Findings.of(results.table(), TABLE)
        .with(
            Sections.curves(losses(results)),
            WritingStyle.preferences(plan, stages),
            Sections.passages(Examples.of(phases, plan.evaluation(), inputs.grader())))
        .withFacts(facts)
        .withFiles(
            new Fact("passages.arrow", "the passages and their questions"),
            new Fact("edits.arrows", "the evaluations without reinforcement"),
            new Fact("rules/NAME/edits.arrows", "rounds and evaluations by one rule"),
            new Fact("rules/NAME/learning.arrows", "loss of the policy's learning by it"),
            new Fact("answers.arrow", "every answer that the table counts"));
  }

  private RuleResults.Measured measured() {
    try (Roles roles = recipe.loop().roles(inputs.model());
        LocalLoop<PassageContext, KnowledgeEdit> local =
            new LocalLoop<>(lab, roles, inputs.domain(), recipe.how(lab.seeds()))) {
      WeightsStore origin = local.store(lab.folder("checkpoints"));
      origin.begin(SealLoop.policyName(0));
      SeenExecutor seen = new SeenExecutor(local.executor());
      Phases before =
          lab.stage(
              "before RL",
              () -> {
                try (Journal journal = Journal.open(lab.folder(), lab.identity())) {
                  var ports = local.ports(journal, lab.folder());
                  return new PassageLoop(lab, recipe, recipe.loop(rules.get(0)), inputs, ports)
                      .before();
                }
              });
      Map<String, RuleResults.ByRule> byRule = new LinkedHashMap<>();
      for (RuleKeys rule : rules) {
        lab.say("rule " + rule.name());
        origin.load(SealLoop.policyName(0));
        RuleResults.ByRule learned =
            lab.stage("rule " + rule.name(), () -> rounds(rule, local, seen));
        if (rule.trains()) {
          seen.remember(learned.rounds().get(0).rows());
        }
        byRule.put(rule.name(), learned);
      }
      return new RuleResults.Measured(before, byRule);
    }
  }

  /** The rounds by one rule, in a journal of its own. */
  private RuleResults.ByRule rounds(
      RuleKeys rule, LocalLoop<PassageContext, KnowledgeEdit> local, SeenExecutor seen) {
    Path folder = lab.folder("rules/" + rule.name());
    String origin = lab.identity() + "/rules/" + rule.name();
    try (Journal journal = Journal.open(folder, origin)) {
      LoopPorts<PassageContext, KnowledgeEdit> ports =
          local.ports(journal, folder).withRewards(seen);
      Phases phases = new PassageLoop(lab, recipe, recipe.loop(rule), inputs, ports).rounds();
      return new RuleResults.ByRule(phases.rounds(), phases.rows(phases.last()));
    }
  }

  /** The proxy against the real reward, in the rounds that no other rule has shown already. */
  private List<Fact> proxies(RuleResults results) {
    List<Fact> facts = new ArrayList<>();
    RuleKeys first = rules.get(0);
    for (RuleKeys rule : rules) {
      if (rule.trains()) {
        results.rounds(rule).stream()
            .filter(round -> rule.equals(first) || round.round() > 1)
            .flatMap(
                round ->
                    ProxyCheck.fact(round, inputs.plan(), recipe.texts(), lab.seeds()).stream())
            .forEach(facts::add);
      }
    }
    return facts;
  }

  /** The rules that learned anything; where no edit gains, none is learned from. */
  private static List<Curve> losses(RuleResults results) {
    List<Curve.Line> lines = new ArrayList<>();
    results
        .byRule()
        .forEach(
            (name, rule) -> {
              List<Double> losses =
                  rule.rounds().stream().flatMap(round -> round.losses().stream()).toList();
              if (!losses.isEmpty()) {
                lines.add(Curve.Line.of(name, losses));
              }
            });
    return lines.isEmpty()
        ? List.of()
        : List.of(
            new Curve("Learning from selected edits", "step", "loss (nats per token)", lines));
  }
}
