package org.seal4j.eval.squad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.JudgedAnswer;
import org.seal4j.data.squad.ScoredPassage;
import org.seal4j.data.squad.SealResults;
import org.seal4j.data.testing.SharedData;

class GraderCalibrationTest {
  private static final Seeds SEEDS = Seeds.of(1);

  @Test
  void each_triple_counts_once_with_the_verdict_of_the_majority() {
    JudgedTriples triples =
        JudgedTriples.of(
            List.of(
                judged("a", true),
                judged("a", false),
                judged("b", false),
                judged("a", false),
                judged("c", true),
                judged("c", false)));
    assertThat(triples.answers())
        .containsExactly(judged("a", false), judged("b", false), judged("c", true));
    assertThat(triples.judgements()).isEqualTo(6);
    assertThat(triples.repeated()).isEqualTo(2);
    assertThat(triples.disputed()).isEqualTo(2);
  }

  @Test
  void halves_are_of_articles_and_do_not_depend_on_the_order() {
    List<String> titles = Stream.iterate(0, i -> i + 1).limit(400).map(i -> "title " + i).toList();
    long choosing = titles.stream().filter(GraderCalibration::isChoosing).count();
    assertThat(choosing).isBetween(160L, 240L);
    assertThat(GraderCalibration.isChoosing("Rome"))
        .isEqualTo(GraderCalibration.isChoosing("Rome"));
  }

  @Test
  void a_judge_that_decides_by_the_rule_is_met_exactly() {
    List<JudgedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      boolean right = i % 3 == 0;
      answers.add(
          new JudgedAnswer(
              "title " + i, "where is " + i + "?", "Rome", right ? "in Rome" : "in Paris", right));
    }
    GraderCalibration result = GraderCalibration.of(answers, SEEDS);
    for (GraderCalibration.Half half : List.of(result.choosing(), result.reporting())) {
      GraderCalibration.Figures recall = half.graders().get(3);
      assertThat(recall.grader()).isEqualTo("token-recall");
      assertThat(recall.agreement().value()).isEqualTo(1);
      assertThat(recall.kappa().value()).isEqualTo(1);
      assertThat(recall.counts().n()).isEqualTo(half.answers());
    }
    assertThat(result.choosing().answers() + result.reporting().answers()).isEqualTo(40);
  }

  @Test
  void one_half_without_answers_is_refused() {
    assertThatThrownBy(() -> GraderCalibration.of(List.of(judged("a", true)), SEEDS))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("both halves");
  }

  /** The figures of docs/results.md, from SEAL's published verdicts of GPT-4.1. */
  @Tag("slow")
  @Test
  void on_the_half_that_did_not_choose_token_recall_agrees_with_the_judge_as_documented() {
    List<JudgedAnswer> answers = new ArrayList<>();
    for (var file : SealResults.files(SharedData.orSkip("seal/knowledge-incorporation"))) {
      for (ScoredPassage passage : SealResults.read(file)) {
        passage.completions().forEach(completion -> answers.addAll(completion.answers()));
      }
    }
    GraderCalibration result = GraderCalibration.of(answers, SEEDS);
    assertThat(result.triples()).isEqualTo(new GraderCalibration.Counts(9794, 5881, 748, 3));
    assertThat(result.threshold()).isEqualTo(TokenRecall.CHOSEN);
    GraderCalibration.Figures recall = result.reporting().graders().get(3);
    assertThat(recall.agreement().value()).isBetween(0.878, 0.9);
    assertThat(recall.kappa().value()).isBetween(0.74, 0.79);
    GraderCalibration.Figures containment = result.reporting().graders().get(2);
    assertThat(recall.kappa().value()).isGreaterThan(containment.kappa().value());
    assertThat(recall.agreement().interval().contains(recall.agreement().value())).isTrue();
  }

  private static JudgedAnswer judged(String answer, boolean correct) {
    return new JudgedAnswer("title", "question", "gold", answer, correct);
  }
}
