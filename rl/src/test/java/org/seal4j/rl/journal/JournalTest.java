package org.seal4j.rl.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.InvalidReason;
import org.seal4j.rl.LearningRow;
import org.seal4j.rl.Outcome;

class JournalTest {
  @TempDir Path folder;

  private static EditRow.Key key(Rng rng) {
    return new EditRow.Key(
        "train", rng.nextInt(9), "c" + rng.nextInt(9), "gelb/grün", rng.nextInt(9), rng.nextLong());
  }

  private static EditRow row(Rng rng) {
    Optional<String> edit = Optional.of("{\"lr\":" + rng.nextInt(100) + "}");
    return switch (rng.nextInt(4)) {
      case 0 ->
          new EditRow(
              key(rng),
              new EditRow.Draft("raw \"\n\0", edit, Optional.empty(), "", 2, -rng.nextDouble()),
              new Outcome(
                  1,
                  0,
                  rng.nextDouble(),
                  new Outcome.Training(1 + rng.nextInt(80), rng.nextGaussian(), Double.NaN),
                  "012/345",
                  List.of("012/345", "a\n\"b\"")));
      case 1 ->
          new EditRow(
              key(rng),
              new EditRow.Draft(
                  "", Optional.empty(), Optional.of(InvalidReason.NOT_JSON), "empty", 3, -1e300),
              Outcome.ofInvalidEdit());
      case 2 ->
          new EditRow(
              key(rng),
              new EditRow.Draft("", edit, Optional.empty(), "", 0, Double.NaN),
              new Outcome(0.25, 0, 0, new Outcome.Training(1, 2, 2), "", List.of("")));
      default ->
          new EditRow(
              key(rng),
              new EditRow.Draft("", Optional.empty(), Optional.empty(), "", 0, Double.NaN),
              new Outcome(0, 0, 1, Outcome.Training.NONE, "0", List.of()));
    };
  }

  @Test
  @Tag("slow")
  void rows_are_read_back_as_written() {
    Rng rng = Seeds.of(Long.getLong("seal.test.seed", 41)).child("rows").rng();
    List<EditRow> rows = new ArrayList<>();
    List<LearningRow> losses = new ArrayList<>();
    try (Journal journal = Journal.open(folder)) {
      for (int i = 0; i < 40; i++) {
        rows.add(row(rng));
        journal.edits().append(rows.get(i));
        losses.add(new LearningRow(1, i, i == 3 ? Double.NaN : rng.nextGaussian()));
        journal.learning().append(losses.get(i));
        assertThat(journal.edits().existing()).isEqualTo(rows);
      }
      assertThat(Journal.readEdits(folder)).isEqualTo(rows);
    }
    try (Journal again = Journal.open(folder)) {
      assertThat(again.edits().existing()).isEqualTo(rows);
      assertThat(again.learning().existing()).isEqualTo(losses);
    }
    assertThat(Journal.readEdits(folder)).isEqualTo(rows);
    assertThat(Journal.readLearning(folder)).isEqualTo(losses);
  }

  @Tag("slow")
  @Test
  void two_runs_cannot_write_one_journal() {
    try (Journal journal = Journal.open(folder)) {
      assertThatThrownBy(() -> Journal.open(folder)).isInstanceOf(InputException.class);
      assertThat(journal.edits().existing()).isEmpty();
    }
  }

  @Test
  void no_column_holds_a_time_or_the_selection() {
    assertThat(Journal.EDITS.columns())
        .extracting(column -> column.name())
        .doesNotContain("time", "timestamp", "seconds", "weight", "selected");
  }
}
