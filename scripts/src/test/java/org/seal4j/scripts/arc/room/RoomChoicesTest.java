package org.seal4j.scripts.arc.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.grid.FewShotEdit;

class RoomChoicesTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20261127L);
  private static final int TASKS = 24;
  private static final int KINDS = 6;
  private static final Places PLACES = new Places(Written.TOKENS);

  /** All rates, epochs and losses with colour copies on or off: 80 configurations. */
  private static final Design DESIGN = design();

  private static Design design() {
    List<FewShotEdit> edits = new ArrayList<>();
    for (String color : List.of("0", "1")) {
      for (String loss : PLACES.values(4)) {
        for (String rate : PLACES.values(5)) {
          for (String epochs : PLACES.values(6)) {
            String text =
                "basic=0 color=%s chain=0 repeat=0 loss=%s lr=%s epochs=%s"
                    .formatted(color, loss, rate, epochs);
            edits.add(read(text));
          }
        }
      }
    }
    return new Design(edits);
  }

  private static FewShotEdit read(String text) {
    return ((ParsedEdit.Valid<FewShotEdit>) Written.TOKENS.read(text)).edit();
  }

  /** Even tasks need colour copies, odd ones none; the kinds hold both. */
  private static double needsItsColor(FewShotEdit edit, int task, int repeat) {
    boolean wanted = task / KINDS % 2 == 0;
    return edit.augmentations().color() == wanted ? 0.8 : 0.2;
  }

  /** A policy that writes the colour that a task needs, or the opposite. */
  private static List<EditRow> policy(boolean right) {
    List<EditRow> rows = new ArrayList<>();
    for (int t = 0; t < TASKS; t++) {
      boolean wanted = t / KINDS % 2 == 0 == right;
      FewShotEdit edit = DESIGN.configurations().get(wanted ? 79 : 0);
      rows.add(
          Written.row(
              "round-1", "task" + t, "kind" + t % KINDS, 0, Written.text(edit), right, 0.5));
    }
    return rows;
  }

  private static RoomChoices choices(boolean right) {
    Map<String, List<EditRow>> policies = new LinkedHashMap<>();
    policies.put("policy after round 1", policy(right));
    return RoomChoices.of(
        Written.trials(DESIGN, TASKS, KINDS, RoomChoicesTest::needsItsColor),
        null,
        policies,
        "fixed",
        Seeds.of(SEED));
  }

  @Test
  void where_tasks_need_opposite_choices_the_room_is_what_one_configuration_misses() {
    RoomChoices room = choices(true);
    assertThat(room.table().rows().get("random configuration").mean()).isEqualTo(0.5);
    assertThat(room.table().rows().get(room.best()).mean()).isEqualTo(0.5);
    assertThat(room.table().rows().get(room.oracle()).mean()).isEqualTo(1);
    assertThat(room.room().mean()).isCloseTo(0.5, within(1e-12));
    assertThat(room.sentences().get(0))
        .startsWith("the room between best fixed and oracle is +50.0 points [")
        .endsWith("]: what a policy can win by reading the task");
    assertThat(room.sentences().get(3)).startsWith("the policy after round 1 is +50.0 points");
  }

  @Test
  void all_that_differs_within_a_task_belongs_to_the_task() {
    RewardSpread spread =
        RewardSpread.of(
            Written.trials(DESIGN, TASKS, KINDS, RoomChoicesTest::needsItsColor), Seeds.of(SEED));
    assertThat(spread.solved().share(spread.solved().byTask())).isGreaterThan(0.99);
    assertThat(spread.solved().repeats()).isZero();
    assertThat(spread.alike()).isEqualTo(80); // none is better for all tasks
    assertThat(spread.solvers()).isEqualTo(40);
    assertThat(spread.solvedNoise().trueLift()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void a_policy_that_reads_the_task_agrees_with_it_more_often_than_dealt_values_do() {
    DesignTrials trials = Written.trials(DESIGN, TASKS, KINDS, RoomChoicesTest::needsItsColor);
    Map<String, List<EditRow>> stages = new LinkedHashMap<>();
    stages.put("right", policy(true));
    stages.put("wrong", policy(false));
    PolicyAgreement agreement = new PolicyAgreement(new ByConfiguration(trials, PLACES), stages);
    int color = 1;
    assertThat(agreement.share("right", color)).isEqualTo(new PolicyAgreement.Share(1, 0.5, TASKS));
    assertThat(agreement.share("wrong", color)).isEqualTo(new PolicyAgreement.Share(0, 0.5, TASKS));
    // No configuration of the design differs from another by its tool 'basic'.
    assertThat(agreement.share("right", 0).n()).isZero();
    assertThat(agreement.solvable("right")).isEqualTo(new PolicyAgreement.Share(1, 1, TASKS));
    assertThat(agreement.inDesign("right")).isEqualTo(new PolicyAgreement.Share(1, 0.5, TASKS));
    assertThat(agreement.inDesign("wrong").agreed()).isZero();
  }

  @Test
  void the_mean_of_a_value_is_that_of_the_configurations_that_have_it() {
    DesignTrials trials =
        Written.trials(
            DESIGN, TASKS, KINDS, (edit, task, repeat) -> edit.learningRate() > 1e-3 ? 0.9 : 0.1);
    ByConfiguration by = new ByConfiguration(trials, PLACES);
    double[] rates = by.marginal(trials.solved(), 5, -1);
    assertThat(PLACES.values(5)).containsExactly("0.00001", "0.0001", "0.001", "0.003", "0.01");
    assertThat(rates).containsExactly(0, 0, 0, 1, 1);
    assertThat(by.marginal(trials.likelihood(), 1, -1)[0]).isCloseTo(0.42, within(1e-9));
    assertThat(by.marginal(trials.solved(), 0, -1)[1]).isNaN();
    assertThat(by.matrix().columns()).hasSize(80).startsWith("1", "2");
    assertThat(by.matrix().rows()).startsWith("all", "kind0").hasSize(1 + KINDS);
    assertThat(by.matrix().cells().get(0).get(0)).hasValue(1.0);
    assertThat(by.matrix().cells().get(KINDS).get(79)).hasValue(0.0);
  }
}
