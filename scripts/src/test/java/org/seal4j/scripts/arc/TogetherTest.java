package org.seal4j.scripts.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.experiment.Phases;

class TogetherTest {
  private static final String RAW = "basic=0 color=1 chain=0 repeat=0 loss=all lr=0.003 epochs=8";

  private static Phases of(EditRow... rows) {
    return new Phases(List.of(), Map.of("round-1", List.of(rows)), Map.of("round 1", "round-1"));
  }

  private static EditRow joined(EditRow... rows) {
    return Together.of(of(rows)).rows("round-1").get(0);
  }

  @Test
  void a_task_is_solved_where_one_of_two_self_edits_hands_in_the_truth_first() {
    EditRow row = joined(row(0, false), row(1, true));
    assertThat(row.outcome().solved()).isTrue();
    assertThat(row.outcome().firstReward()).as("the earlier one comes first").isZero();
    assertThat(row.outcome().answers()).containsExactly("321", "123");
    assertThat(joined(row(0, true), row(1, false)).outcome().firstReward()).isOne();
    assertThat(joined(row(0, false), row(1, false)).outcome().solved()).isFalse();
  }

  @Test
  void most_self_edits_decide() {
    EditRow row = joined(row(0, false), row(1, true), row(2, true));
    assertThat(row.outcome().firstReward()).isOne();
  }

  @Test
  void an_invalid_self_edit_hands_in_nothing() {
    EditRow invalid = Rows.of("round-1", "task", 0, "", false);
    assertThat(joined(invalid, row(1, true)).outcome().firstReward()).isOne();
    EditRow none = joined(invalid, Rows.of("round-1", "task", 1, "", false));
    assertThat(none.outcome().reward()).isZero();
    assertThat(none.outcome().answers()).isEmpty();
  }

  @Test
  void each_task_counts_once_and_one_self_edit_stays_as_it_is() {
    Phases one = of(row(0, true), Rows.of("round-1", "other", 0, RAW, false));
    assertThat(Together.has(one)).isFalse();
    assertThat(Together.of(one).rows("round-1"))
        .extracting(row -> row.outcome().reward())
        .containsExactly(1.0, 0.0);
    assertThat(Together.has(of(row(0, true), row(1, true)))).isTrue();
  }

  private static EditRow row(int index, boolean solved) {
    return Rows.of("round-1", "task", index, RAW, solved);
  }
}
