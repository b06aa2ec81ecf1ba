package org.seal4j.scripts.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.study.StudyWriting;

class EarlierOutcomesTest {
  private static final Seeds SLOT = Seeds.of(3);
  private static final Outcome KNOWN = outcome(0.5);
  private static final Outcome COMPUTED = outcome(0.25);

  private static Outcome outcome(double reward) {
    return new Outcome(reward, reward, 1, Outcome.Training.NONE, "truth", List.of("answer"));
  }

  private static EditRow row(String phase, Seeds slot, String edit) {
    return new EditRow(
        new EditRow.Key(phase, 1, "mill", "Mills", 0, slot.value()),
        new EditRow.Draft(edit, Optional.of(edit), Optional.empty(), "", 1, -1),
        KNOWN);
  }

  private static EditJob<PassageContext, KnowledgeEdit> job(Seeds slot, String edit) {
    PassageContext mill = new PassageContext(new Passage("mill", "Mills", "It burned.", List.of()));
    return new EditJob<>(mill, Optional.of(new KnowledgeEdit(edit)), 0, slot.child("inner"));
  }

  /** Counts what it is asked for. */
  private static final class Trained implements Executor<PassageContext, KnowledgeEdit> {
    private int asked;

    @Override
    public void evaluate(
        List<EditJob<PassageContext, KnowledgeEdit>> jobs,
        Consumer<Outcome> inJobOrder,
        IntConsumer finished) {
      asked += jobs.size();
      finished.accept(jobs.size());
      jobs.forEach(job -> inJobOrder.accept(COMPUTED));
    }
  }

  private static StudyArm arm(List<RoundResult> rounds, List<EditRow> before) {
    ArmKeys keys =
        new ArmKeys("first", StudyWriting.REWRITE, true, null, null, null, null, false, null);
    Phases phases = new Phases(rounds, Map.of("arms/first/before", before), Map.of());
    return new StudyArm(keys, phases, "", Map.of(), new CpuMeter(), Map.of());
  }

  @Test
  void what_the_arm_before_found_is_not_trained_again_and_the_order_stays() {
    EarlierOutcomes earlier =
        new EarlierOutcomes(
            arm(
                List.of(
                    new RoundResult(
                        1,
                        List.of(row("train", SLOT.child("round"), "a round's")),
                        List.of(1.0),
                        List.of(),
                        List.of(row("reexamined", SLOT.child("again"), "a round's")))),
                List.of(row("before", SLOT, "known"))));
    Trained trained = new Trained();
    List<Outcome> outcomes = new ArrayList<>();
    List<Integer> told = new ArrayList<>();
    earlier
        .before(trained, new CpuMeter())
        .evaluate(
            List.of(
                job(SLOT, "other text"),
                job(SLOT, "known"),
                job(SLOT.child("other"), "known"),
                job(SLOT.child("round"), "a round's"),
                job(SLOT.child("again"), "a round's")),
            outcomes::add,
            told::add);
    assertThat(outcomes).containsExactly(COMPUTED, KNOWN, COMPUTED, KNOWN, KNOWN);
    assertThat(trained.asked).isEqualTo(2);
    assertThat(told.stream().mapToInt(Integer::intValue).sum()).isEqualTo(5);
  }

  @Test
  void without_an_arm_before_everything_is_trained() {
    Trained trained = new Trained();
    List<Outcome> outcomes = new ArrayList<>();
    EarlierOutcomes.none()
        .before(trained, new CpuMeter())
        .evaluate(List.of(job(SLOT, "known")), outcomes::add);
    assertThat(outcomes).containsExactly(COMPUTED);
    assertThat(trained.asked).isEqualTo(1);
  }
}
