package org.seal4j.scripts.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.experiment.ResultTable;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.study.StudiedEdit;
import org.seal4j.rl.study.StudyWriting;

/** What the report of a study says of rows that were made up. */
class StudyReportTest {
  private static final Seeds SEEDS = Seeds.of(1);
  private static final String MILL =
      "The mill of Tarn was built in 1850 by Ada Brook, who sold it to the town after the flood.";
  private static final ArmKeys ARM =
      new ArmKeys("implications", StudyWriting.IMPLICATIONS, true, null, null, 2, null, true, null);

  private static Passage passage(int number) {
    return new Passage(
        "p" + number,
        "Title " + number,
        MILL,
        List.of(
            Question.of("q" + number, "Who built it?", "Ada Brook"),
            Question.of("r" + number, "When was the mill of Tarn built by Ada Brook?", "1850")));
  }

  private static EditRow row(
      String phase, int context, int index, String edit, double nll, String... answers) {
    double reward =
        answers.length == 0
            ? 0
            : List.of(answers).stream().mapToDouble(a -> right(a)).average().orElse(0);
    return new EditRow(
        new EditRow.Key(phase, 1, "p" + context, "Title " + context, index, 7),
        new EditRow.Draft(
            edit, Optional.of(edit), Optional.empty(), "", phase.equals("reexamined") ? 0 : 1, -1),
        new Outcome(reward, reward, nll, new Outcome.Training(2, 3, 1), "truth", List.of(answers)));
  }

  private static double right(String answer) {
    return answer.contains("Ada") || answer.contains("1850") ? 1 : 0;
  }

  private static StudyArm arm(List<RoundResult> rounds, Map<String, List<EditRow>> evaluations) {
    Map<EditRow.Key, StudiedEdit> studied = new HashMap<>();
    rounds.forEach(
        round ->
            round.rows().forEach(row -> studied.put(row.key(), new StudiedEdit(0, List.of(), 10))));
    evaluations
        .values()
        .forEach(
            rows -> rows.forEach(row -> studied.put(row.key(), new StudiedEdit(0, List.of(), 30))));
    Map<String, String> conditions = new LinkedHashMap<>();
    evaluations.keySet().forEach(phase -> conditions.put("label of " + phase, phase));
    return new StudyArm(
        ARM, new Phases(rounds, evaluations, conditions), "", studied, new CpuMeter(), Map.of());
  }

  @Test
  void traits_of_a_text_are_counted_against_the_passage() {
    EditRow edit =
        row("train", 1, 0, "The mill was built in 1850. It was sold to Rome in 1920.", 1);
    Map<String, Double> traits =
        EditTraits.of(edit, passage(1), new StudiedEdit(0, List.of(), 10)).values();
    assertThat(traits.get("words")).isEqualTo(13);
    assertThat(traits.get("sentences that the passage says")).isEqualTo(0.5);
    // mill, built, 1850, sold of mill, built, 1850, sold, Rome, 1920
    assertThat(traits.get("content words of the passage")).isCloseTo(4.0 / 6, within(1e-12));
    assertThat(traits.get("13-grams of the passage")).isZero();
    assertThat(traits).doesNotContainKey("questions of use");
  }

  @Test
  void traits_of_questions_are_those_of_use_and_how_they_begin() {
    EditRow edit = row("train", 1, 0, "Who built the mill?\nWhat?\nWhen was it built in Tarn?", 1);
    StudiedEdit studied =
        new StudiedEdit(3, List.of("Who built the mill?", "When was it built in Tarn?"), 10);
    Map<String, Double> traits = EditTraits.of(edit, passage(1), studied).values();
    assertThat(traits.get("questions")).isEqualTo(3);
    assertThat(traits.get("questions of use")).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(traits.get("of use: who …?")).isEqualTo(0.5);
    assertThat(traits.get("of use: when …?")).isEqualTo(0.5);
    assertThat(traits.get("of use: why …?")).isZero();
  }

  @Test
  void chosen_edits_are_compared_within_their_passage() {
    List<EditRow> rows = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (int p = 1; p <= 4; p++) {
      rows.add(row("train", p, 0, "one two three four " + "word ".repeat(p), p + 1));
      rows.add(row("train", p, 1, "one two", p + 2));
      weights.add(1.0);
      weights.add(0.0);
    }
    // of a passage whose edits were all chosen nothing can be compared
    rows.add(row("train", 5, 0, "a very long text of many words that counts for nothing here", 1));
    weights.add(1.0);
    StudyArm arm = arm(List.of(new RoundResult(1, rows, weights, List.of())), Map.of());
    Map<String, Passage> passages = new HashMap<>();
    for (int p = 1; p <= 5; p++) {
      passages.put("p" + p, passage(p));
    }
    ChosenEdits chosen = ChosenEdits.of(arm, passages).get(0);
    ChosenEdits.Contrast words = chosen.contrasts(SEEDS).get(0);
    assertThat(words.name()).isEqualTo("words");
    assertThat(words.chosen()).isEqualTo(6.5);
    assertThat(words.others()).isEqualTo(2);
    assertThat(words.difference().value()).isEqualTo(4.5);
    assertThat(words.difference().tasks()).isEqualTo(4);
    assertThat(chosen.best(3)).allMatch(ChosenEdits.Edit::chosen).hasSize(3);
    assertThat(chosen.worst(3)).noneMatch(ChosenEdits.Edit::chosen).hasSize(3);
    assertThat(chosen.best(3).get(0).lead()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void a_second_look_shows_what_the_choice_of_the_luckiest_added() {
    Rng rng = TestSeeds.of("second look", 3).rng();
    List<EditRow> rows = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    List<EditRow> again = new ArrayList<>();
    for (int p = 1; p <= 200; p++) {
      double luckiest = Double.POSITIVE_INFINITY;
      int best = 0;
      for (int e = 0; e < 4; e++) {
        double nll = 5 + 0.1 * rng.nextGaussian();
        rows.add(row("train", p, e, "edit " + e, nll));
        weights.add(0.0);
        best = nll < luckiest ? e : best;
        luckiest = Math.min(luckiest, nll);
      }
      weights.set(4 * (p - 1) + best, 1.0);
      again.add(row("reexamined", p, best, "edit " + best, 5 + 0.1 * rng.nextGaussian()));
    }
    RoundResult round = new RoundResult(1, rows, weights, List.of(), again);
    SecondLook look = SecondLook.of(arm(List.of(round), Map.of()), SEEDS).get(0);
    // the best of four normal draws is 1.03 standard deviations above their mean
    assertThat(look.first()).isCloseTo(-5 + 0.103, within(0.02));
    assertThat(look.difference().value()).isCloseTo(-0.103, within(0.03));
    assertThat(look.difference().interval().high()).isNegative();
    assertThat(look.edits()).isEqualTo(200);
  }

  @Test
  void noise_is_told_apart_by_its_sources() {
    Rng rng = TestSeeds.of("noise", 4).rng();
    List<EditRow> rows = new ArrayList<>();
    List<EditRow> again = new ArrayList<>();
    for (int p = 1; p <= 300; p++) {
      for (int e = 0; e < 4; e++) {
        double edit = 5 + p + 0.3 * rng.nextGaussian();
        rows.add(row("train", p, e, "edit", edit + 0.2 * rng.nextGaussian()));
        again.add(row("reexamined", p, e, "edit", edit + 0.2 * rng.nextGaussian()));
      }
    }
    RoundResult round =
        new RoundResult(1, rows, rows.stream().map(row -> 1.0).toList(), List.of(), again);
    NoiseFound noise =
        NoiseFound.of(new Phases(List.of(round), Map.of(), Map.of()), List.of(), Map.of());
    assertThat(noise.edits().dense()).isCloseTo(0.3, within(0.03));
    assertThat(noise.repeats().dense()).isCloseTo(0.2, within(0.02));
    assertThat(noise.edits().n()).isEqualTo(900);
    assertThat(noise.questions().recall()).isNaN();
  }

  @Test
  void overlap_with_the_questions_is_found_and_named() {
    List<EditRow> held =
        List.of(
            row(
                "before",
                1,
                0,
                "When was the mill of Tarn built by Ada Brook? In 1850.",
                1,
                "x",
                "y"),
            row("before", 2, 0, "The town has a mill.", 1, "x", "y"));
    StudyArm arm = arm(List.of(), Map.of("arms/implications/before", held));
    StudyPlan plan =
        new StudyPlan(
            List.of(List.of(new PassageContext(passage(9)))),
            List.of(new PassageContext(passage(1)), new PassageContext(passage(2))),
            Map.of(),
            "");
    List<EditRow> base =
        List.of(row("base", 1, 0, "", 1, "Ada Brook", "no"), row("base", 2, 0, "", 1, "no", "no"));
    Contamination found = Contamination.of(List.of(arm), plan, base, SEEDS);
    assertThat(found.known().value()).isEqualTo(0.25);
    assertThat(found.questions()).isEqualTo(4);
    assertThat(found.passages()).isEqualTo(2);
    assertThat(found.overlaps())
        .singleElement()
        .satisfies(
            overlap -> {
              assertThat(overlap.edits()).isEqualTo(2);
              assertThat(overlap.overlapping()).isEqualTo(1);
              assertThat(overlap.worst().get(0).words()).isEqualTo(10);
              assertThat(overlap.worst().get(0).edit()).isEqualTo("before, p1, edit 0");
            });
  }

  @Test
  void tokens_are_those_of_the_row_and_of_the_rounds_before_it() {
    List<EditRow> train = List.of(row("train", 1, 0, "a", 1), row("train", 2, 0, "b", 1));
    Map<String, List<EditRow>> evaluations = new LinkedHashMap<>();
    evaluations.put("arms/implications/before", List.of(row("before", 3, 0, "c", 1)));
    evaluations.put("arms/implications/round-1", List.of(row("round-1", 3, 0, "d", 1)));
    StudyArm arm =
        arm(List.of(new RoundResult(1, train, List.of(1.0, 0.0), List.of())), evaluations);
    Map<String, CostOfRow> costs = CostOfRow.of(List.of(arm));
    assertThat(costs.get("label of arms/implications/before").loopTokens()).isZero();
    CostOfRow after = costs.get("label of arms/implications/round-1");
    assertThat(after.tokens()).isEqualTo(30);
    assertThat(after.loopTokens()).isEqualTo(20);
    assertThat(after.total()).as("nothing was computed in this process").isNaN();
    assertThat(after.loopSeconds()).isNaN();
  }

  @Test
  void rows_are_alike_only_where_titles_show_it() {
    Map<String, List<EditRow>> evaluations = new LinkedHashMap<>();
    List<EditRow> one = new ArrayList<>();
    for (int p = 0; p < 300; p++) {
      one.add(row("before", p, 0, "a", 1, p % 3 == 0 ? "1850" : "no", "no"));
    }
    evaluations.put("a", one);
    evaluations.put("b", one);
    Phases many = new Phases(List.of(), evaluations, Map.of("x", "a", "y", "b"));
    List<ResultTable.Contrast> pair = List.of(new ResultTable.Contrast("x", "y"));
    assertThat(Alike.of(many, pair).get(0).equivalence().shown()).isTrue();
    evaluations.replaceAll((phase, rows) -> rows.subList(0, 5));
    Phases few = new Phases(List.of(), evaluations, Map.of("x", "a", "y", "b"));
    assertThat(Alike.of(few, pair).get(0).equivalence().shown()).isFalse();
  }
}
