package org.seal4j.scripts.passage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.world.EditStyle;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.data.world.PersonPool;
import org.seal4j.data.world.Story;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Gate;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.passage.PassageContext;

/** Figures of a run that are counted from its rows: dense reward and gate. */
class EditFiguresTest {
  private static final Seeds SEEDS = Seeds.of(11);
  private static final InventedWorld WORLD = new InventedWorld(SEEDS);

  private static EditRow row(String phase, String passage, String text, double nll) {
    EditRow.Draft draft = new EditRow.Draft(text, Optional.of(text), Optional.empty(), "", 1, -1);
    return new EditRow(
        new EditRow.Key(phase, 0, passage, "title", 0, 7),
        draft,
        new Outcome(0.5, 0.5, nll, Outcome.Training.NONE, "gold", List.of("answer")));
  }

  @Test
  void the_dense_reward_is_what_gold_answers_gain_against_the_model_without_an_edit() {
    Map<String, List<EditRow>> evaluations = new LinkedHashMap<>();
    evaluations.put("base", List.of(row("base", "a", "", 4), row("base", "b", "", 2)));
    evaluations.put("passage", List.of(row("passage", "a", "", 3), row("passage", "b", "", 2.5)));
    evaluations.put(
        Phases.NO_RL,
        List.of(
            row(Phases.NO_RL, "a", "x", 1), row(Phases.NO_RL, "b", "x", Double.POSITIVE_INFINITY)));
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("base model, not adapted", "base");
    conditions.put("passage only", "passage");
    conditions.put(Phases.NO_RL_LABEL, Phases.NO_RL);
    List<Fact> facts = DenseReward.of(new Phases(List.of(), evaluations, conditions), SEEDS);
    assertThat(facts).hasSize(2);
    assertThat(facts.get(0).name()).isEqualTo("gold answers, passage only");
    assertThat(facts.get(0).value()).startsWith("+0.25 nats per token").endsWith("n = 2");
    assertThat(facts.get(1).value())
        .startsWith("+3.00 nats per token")
        .endsWith("n = 1, 1 without a finite likelihood");
  }

  @Test
  void the_gate_counts_claims_of_all_edits_and_which_are_so() {
    Story story = WORLD.story(PersonPool.DEVELOPMENT, 0);
    Story other = WORLD.story(PersonPool.DEVELOPMENT, 1);
    String id = story.passage().id();
    String right = EditStyle.ATOMIC.writeAll(story, SEEDS.rng());
    String wrong = EditStyle.ATOMIC.writeAll(other, SEEDS.rng());
    PassagePlan plan = plan(story);
    assertThat(WritingStyle.gates(plan, List.of(row("no-rl", id, right, 1))))
        .containsExactly(new Gate("factual accuracy of self-edits before RL", 1, 9, 0.9));
    List<Gate> half =
        WritingStyle.gates(plan, List.of(row("no-rl", id, right, 1), row("no-rl", id, wrong, 1)));
    assertThat(half.get(0).n()).isEqualTo(18);
    assertThat(half.get(0).value()).isEqualTo(0.5);
    assertThat(half.get(0).passed()).isFalse();
    assertThat(WritingStyle.gates(plan, List.of()).get(0).passed()).isFalse();
  }

  private static PassagePlan plan(Story story) {
    List<PassageContext> one = List.of(new PassageContext(story.passage()));
    return new PassagePlan(
        List.of(one),
        one,
        Optional.empty(),
        Map.of(story.passage().id(), story),
        Map.of(),
        List.of());
  }

  @Test
  void without_known_facts_there_is_no_gate() {
    List<PassageContext> one =
        List.of(new PassageContext(WORLD.story(PersonPool.LOOP, 0).passage()));
    PassagePlan plan =
        new PassagePlan(List.of(one), one, Optional.empty(), Map.of(), Map.of(), List.of());
    assertThat(WritingStyle.gates(plan, List.of())).isEmpty();
  }
}
