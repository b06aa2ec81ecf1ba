package org.seal4j.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.grid.EditSchema;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.restem.PositiveGain;
import org.seal4j.rl.restem.TopPerTask;

class ResumeTest {
  private static final long FOREVER = Long.MAX_VALUE;
  private static final SealLoopConfig CONFIG =
      new SealLoopConfig(2, 3, 1, new PositiveGain(new TopPerTask(2)), 2);

  /** Everything a run shows to its caller. */
  private static List<Object> run(ToyWorld world, long seed) {
    SealLoop<ToyWorld.Task, FewShotEdit> loop = world.loop(CONFIG, seed);
    List<ToyWorld.Task> heldOut = ToyWorld.tasks("held-out", 2);
    List<Object> seen = new ArrayList<>();
    seen.add(loop.evaluate("in-context", heldOut, EditSource.none(), 1));
    EditSchema schema = EditSchema.compact();
    seen.add(
        loop.evaluate("random", heldOut, EditSource.given((c, i, rng) -> schema.draw(rng)), 2));
    seen.addAll(
        loop.run(
            round -> ToyWorld.tasks("round-" + round, 3),
            round -> seen.add(loop.evaluate("after", heldOut, EditSource.policy(), 2))));
    seen.add(world.policy());
    return seen;
  }

  @Test
  @Tag("slow")
  void a_run_killed_at_any_event_continues_to_the_same_bytes() {
    ToyWorld.Disk undisturbed = new ToyWorld.Disk();
    ToyWorld whole = new ToyWorld(undisturbed, .4, FOREVER);
    List<Object> expected = run(whole, 7);
    long events = FOREVER - whole.life();
    assertThat(undisturbed.learning).isNotEmpty();
    assertThat(events).isGreaterThan(80);

    for (long life = 0; life < events; life++) {
      ToyWorld.Disk disk = new ToyWorld.Disk();
      ToyWorld first = new ToyWorld(disk, .4, life);
      assertThatThrownBy(() -> run(first, 7)).isInstanceOf(ToyWorld.Killed.class);
      int kept = evaluatedIn(disk.edits);
      ToyWorld second = new ToyWorld(disk, .4, FOREVER);
      assertThat(run(second, 7)).as("killed at event %d", life).isEqualTo(expected);
      assertThat(disk.content()).isEqualTo(undisturbed.content());
      assertThat(second.evaluated).isEqualTo(whole.evaluated - kept);
    }
  }

  @Test
  void a_run_killed_again_and_again_continues_to_the_same_bytes() {
    ToyWorld.Disk undisturbed = new ToyWorld.Disk();
    List<Object> expected = run(new ToyWorld(undisturbed, .4, FOREVER), 8);
    Rng rng = Seeds.of(Long.getLong("seal.test.seed", 1)).child("lives").rng();
    for (int trial = 0; trial < 50; trial++) {
      ToyWorld.Disk disk = new ToyWorld.Disk();
      List<Object> seen = List.of();
      while (seen.isEmpty()) {
        try {
          seen = run(new ToyWorld(disk, .4, 4 + rng.nextInt(40)), 8);
        } catch (ToyWorld.Killed again) {
          // the next process goes on
        }
      }
      assertThat(seen).isEqualTo(expected);
      assertThat(disk.content()).isEqualTo(undisturbed.content());
    }
  }

  @Test
  void a_finished_run_is_played_back_without_computing() {
    ToyWorld.Disk disk = new ToyWorld.Disk();
    List<Object> expected = run(new ToyWorld(disk, .4, FOREVER), 9);
    ToyWorld again = new ToyWorld(disk, .4, 0);
    assertThat(run(again, 9)).isEqualTo(expected);
    assertThat(again.evaluated).isZero();
    assertThat(again.learned).isZero();
  }

  @Test
  void a_policy_stored_ahead_of_the_journal_is_not_trusted() {
    ToyWorld.Disk undisturbed = new ToyWorld.Disk();
    List<Object> expected = run(new ToyWorld(undisturbed, 0, FOREVER), 10);
    ToyWorld.Disk disk = new ToyWorld.Disk();
    disk.policies.put("round-1", List.of());
    assertThat(run(new ToyWorld(disk, 0, FOREVER), 10)).isEqualTo(expected);
    assertThat(disk.content()).isEqualTo(undisturbed.content());
  }

  @Test
  void a_log_of_learning_that_is_shorter_than_its_rounds_is_filled_again() {
    ToyWorld.Disk undisturbed = new ToyWorld.Disk();
    List<Object> expected = run(new ToyWorld(undisturbed, .4, FOREVER), 14);
    int rows = undisturbed.learning.size();
    assertThat(rows).isGreaterThan(2);
    for (int left = 0; left < rows; left++) {
      ToyWorld.Disk disk = new ToyWorld.Disk();
      run(new ToyWorld(disk, .4, FOREVER), 14);
      disk.learning.subList(left, rows).clear();
      assertThat(run(new ToyWorld(disk, .4, FOREVER), 14)).as("%d rows", left).isEqualTo(expected);
      assertThat(disk.content()).as("%d rows", left).isEqualTo(undisturbed.content());
    }
  }

  @Test
  void the_journal_of_another_run_is_refused() {
    ToyWorld.Disk disk = new ToyWorld.Disk();
    run(new ToyWorld(disk, 0, FOREVER), 11);
    assertThatThrownBy(() -> run(new ToyWorld(disk, 0, FOREVER), 12))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("other settings");
    SealLoop<ToyWorld.Task, FewShotEdit> other = new ToyWorld(disk, 0, FOREVER).loop(CONFIG, 11);
    assertThatThrownBy(() -> other.round(ToyWorld.tasks("round-1", 3)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("in-context");
  }

  @Test
  void other_edits_than_those_of_the_journal_are_refused() {
    ToyWorld.Disk disk = new ToyWorld.Disk();
    List<ToyWorld.Task> tasks = ToyWorld.tasks("held-out", 1);
    EditSchema schema = EditSchema.compact();
    var one = schema.draw(Seeds.of(1).rng());
    var two = schema.draw(Seeds.of(2).rng());
    assertThat(one).isNotEqualTo(two);
    new ToyWorld(disk, 0, FOREVER)
        .loop(CONFIG, 1)
        .evaluate("fixed", tasks, EditSource.fixed(one), 1);
    var again = new ToyWorld(disk, 0, FOREVER).loop(CONFIG, 1);
    assertThatThrownBy(() -> again.evaluate("fixed", tasks, EditSource.fixed(two), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("start afresh");
  }

  @Test
  void a_learner_that_cannot_repeat_itself_is_caught() {
    ToyWorld.Disk disk = new ToyWorld.Disk();
    run(new ToyWorld(disk, 0, FOREVER), 13);
    disk.policies.clear();
    LearningRow first = disk.learning.get(0);
    disk.learning.set(0, new LearningRow(first.round(), first.step(), first.loss() + 1));
    assertThatThrownBy(() -> run(new ToyWorld(disk, 0, FOREVER), 13))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("computed LearningRow");
  }

  private static int evaluatedIn(List<EditRow> rows) {
    return (int) rows.stream().filter(row -> row.draft().reason().isEmpty()).count();
  }
}
