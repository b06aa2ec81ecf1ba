package org.example.reversal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.example.reversal.Reversal.Rate;
import org.example.reversal.Reversal.Word;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Condition;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.SampleRequest;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.FolderLab;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.rl.keys.Learning;
import org.seal4j.rl.testing.ScriptedPolicy;

class ReversalTest {
  private static final Word WORD = new Word("abcd", "abcd");

  @TempDir Path temp;
  private final Reversal domain = new Reversal(24);

  @ParameterizedTest
  @EnumSource(Learning.class)
  void two_rounds_raise_the_share_of_words_written_backwards_from_about_two_fifths(Learning learning) {
    FolderLab.Settings settings =
        new FolderLab.Settings(temp.resolve("run"), temp.resolve("cache"), "cpu", 1, 1);
    try (FolderLab lab = new FolderLab(settings, RunListener.silent())) {
      Findings found = lab.run(new ReversalExperiment(), Recipes.reversal(learning));
      List<Condition> table = found.results().conditions();
      assertThat(table.get(1).name()).isEqualTo("self-edits without RL");
      assertThat(table.get(1).value()).isBetween(0.25, 0.55);
      assertThat(table.get(3).name()).isEqualTo("round 2");
      assertThat(table.get(3).value()).isGreaterThanOrEqualTo(0.7);
    }
  }

  @Test
  void what_a_policy_writes_is_read_or_refused_with_a_reason() {
    var texts = new ScriptedPolicy<Word>("3", "x");
    List<ParsedEdit<Rate>> read =
        texts
            .sample(
                List.of(
                    new SampleRequest<>(WORD, 0, Seeds.of(1)),
                    new SampleRequest<>(WORD, 1, Seeds.of(1))))
            .stream()
            .map(sample -> domain.read(WORD, sample.raw()))
            .toList();
    assertThat(read.get(0)).isEqualTo(new ParsedEdit.Valid<>(new Rate(3)));
    assertThat(read.get(1)).isInstanceOf(ParsedEdit.Invalid.class);
    assertThat(domain.write(new Rate(3))).isEqualTo("3");
  }

  @Test
  void the_examiner_wants_the_reversal_alone() {
    var exam = domain.exam(WORD, Seeds.of(1));
    assertThat(exam.truth()).isEqualTo("dcba");
    assertThat(exam.grade(List.of(new int[] {3, 2, 1, 0})).reward()).isEqualTo(1);
    assertThat(exam.grade(List.of(new int[] {0, 1, 2, 3})).reward()).isZero();
    assertThat(domain.training(WORD, new Rate(2), Seeds.of(1)).map(task -> task.learningRate()))
        .isEqualTo(Optional.of(1e-2));
  }
}
