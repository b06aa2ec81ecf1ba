package org.seal4j.scripts.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seal4j.eval.report.Preferences;
import org.seal4j.rl.EditCounts;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.experiment.CommonFacts;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.grid.EditSchema;
import org.seal4j.rl.grid.EditTokens;

/** What a run says beside its table. */
class RunWordsTest {
  private static final String COLOR = "basic=0 color=1 chain=0 repeat=0 loss=all lr=0.003 epochs=8";
  private static final String PLAIN = "basic=0 color=0 chain=0 repeat=0 loss=all lr=0.003 epochs=8";

  @Test
  void the_gate_says_what_was_wanted_and_whether_it_was_reached() {
    List<EditRow> rows =
        List.of(Rows.of("gate", "a", 0, COLOR, true), Rows.of("gate", "b", 0, COLOR, false));
    assertThat(Gate.of(rows, new GateKeys("{}", 2, 0.5)).sentence())
        .isEqualTo(
            "gate: the fixed good configuration solves 1 of 2 development tasks (50.0 %), at least"
                + " the 50.0 % wanted: passed");
    assertThat(Gate.of(rows, new GateKeys("{}", 2, 0.8)).sentence())
        .contains("below the 80.0 % wanted", "so few tasks", "The run continues")
        .doesNotContain("pretrain longer");
    assertThat(new Gate(1, 20, 0.8).sentence())
        .contains("below the 80.0 % wanted", "pretrain longer", "The run continues");
  }

  @Test
  void preferences_are_shares_of_the_valid_edits_at_each_stage() {
    Map<String, List<EditRow>> evaluations = new LinkedHashMap<>();
    evaluations.put(
        Phases.NO_RL,
        List.of(
            Rows.of(Phases.NO_RL, "a", 0, COLOR, true),
            Rows.of(Phases.NO_RL, "a", 1, PLAIN, true),
            Rows.of(Phases.NO_RL, "b", 0, "", false)));
    evaluations.put(Phases.round(1), List.of(Rows.of(Phases.round(1), "a", 0, COLOR, true)));
    Phases phases =
        new Phases(
            List.of(new RoundResult(1, List.of(), List.of(), List.of())), evaluations, Map.of());
    Preferences preferences =
        new PolicyPreferences(new EditTokens(EditSchema.compact())).of(phases);
    assertThat(preferences.stages()).containsExactly("before RL", "after round 1");
    Preferences.Setting color = preferences.settings().get(1);
    assertThat(color.name()).isEqualTo("color");
    assertThat(color.choices())
        .containsExactly(
            new Preferences.Choice("off", List.of(0.5, 0.0)),
            new Preferences.Choice("on", List.of(0.5, 1.0)));
    assertThat(preferences.settings().get(5).choices())
        .contains(new Preferences.Choice("0.003", List.of(1.0, 1.0)));
    assertThat(CommonFacts.invalid(EditCounts.of(phases.written())).value())
        .isEqualTo("1 of 4 answers (25.0 %), 1 of 4 edits after sampling again: {WRONG_LENGTH=1}");
  }

  @Test
  void left_out_tasks_are_named_by_reason_and_long_lists_are_cut() {
    List<LeftOut> left = new ArrayList<>(Collections.nCopies(25, new LeftOut("t", "f", "is long")));
    left.add(new LeftOut("u", "f", "is wide"));
    assertThat(Notes.leftOut(left))
        .startsWith("is long (25): t, t,")
        .contains(" and 5 more, see left_out.arrow; is wide (1): u");
    assertThat(Notes.leftOutCounts(left))
        .isEqualTo("26 tasks, see left_out.arrow: is long (25); is wide (1)");
    assertThat(Notes.leftOutCounts(List.of())).isEqualTo("none");
  }
}
