package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.squad.CompletedPassage;
import org.seal4j.data.squad.ImpossibleQuestions;
import org.seal4j.data.squad.PassageReader;
import org.seal4j.data.squad.PassageSubset;
import org.seal4j.scripts.run.Experiments;

class PassagesCommandTest {
  private static final String SQUAD =
      """
      {"version": "v2.0", "data": [
        {"title": "Rome", "paragraphs": [
          {"context": "Rome fell.", "qas": [
            {"id": "a", "question": "What fell?", "is_impossible": false,
             "answers": [{"text": "Rome", "answer_start": 0}]},
            {"id": "b", "question": "What rose?", "is_impossible": true, "answers": []}]},
          {"context": "Rome rose.", "qas": []}]},
        {"title": "Ulm", "paragraphs": [{"context": "Ulm lies on the Danube.", "qas": []}]}]}
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int seal(Object... args) {
    Seal seal = new Seal(new Experiments(List.of()), Optional.empty(), (line, more) -> 99);
    List<String> words = Arrays.stream(args).map(Object::toString).toList();
    return seal.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private Path squad() throws IOException {
    return Files.writeString(folder.resolve("squad.json"), SQUAD);
  }

  @Test
  void a_file_is_counted_and_its_table_holds_the_same() throws IOException {
    Path squad = squad();
    Path table = folder.resolve("passages.arrow");
    assertThat(seal("passages", squad, "--impossible", "keep", "--out", table)).isZero();
    assertThat(out.toString())
        .isEqualTo("3 passages of 2 articles, 2 questions (1 impossible), 0 completions\n");
    for (ImpossibleQuestions policy : List.of(ImpossibleQuestions.KEEP, ImpossibleQuestions.DROP)) {
      assertThat(PassageReader.readCompleted(table, policy))
          .isEqualTo(PassageReader.readCompleted(squad, policy));
    }
    assertThat(seal("passages", table, "--impossible", "refuse")).isEqualTo(Seal.EXIT_INPUT);
    assertThat(err.toString()).contains("Rome/0 does not answer its question b").hasLineCount(1);
  }

  @Test
  void a_slice_is_that_of_the_shuffle() throws IOException {
    Path squad = squad();
    Path table = folder.resolve("slice.arrow");
    assertThat(seal("passages", squad, "--seed", 7, "--start", 1, "--count", 2, "--out", table))
        .isZero();
    List<CompletedPassage> all = PassageReader.readCompleted(squad, ImpossibleQuestions.DROP);
    assertThat(PassageReader.readCompleted(table, ImpossibleQuestions.DROP))
        .isEqualTo(new PassageSubset(7, 1, 2).of(all));
  }

  @Test
  void a_table_is_never_written_over_a_file() throws IOException {
    Path table = Files.writeString(folder.resolve("mine.arrow"), "mine");
    assertThat(seal("passages", squad(), "--out", table)).isEqualTo(Seal.EXIT_INPUT);
    assertThat(err.toString()).contains(table + ", which exists").hasLineCount(1);
    assertThat(table).hasContent("mine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--count 2                 | name its seed with --seed",
        "--seed 1 --start 2 --count 9 | the subset asks for passages 2 to 10 but there are only 3",
        "--out passages.json       | tables are called *.arrow"
      })
  void bad_choices_are_one_sentence(String more, String said) throws IOException {
    Object[] args = ("passages " + squad() + " " + more).split(" ");
    assertThat(seal(args)).isEqualTo(Seal.EXIT_INPUT);
    assertThat(err.toString()).startsWith("seal: ").contains(said).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }
}
