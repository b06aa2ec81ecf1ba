package org.seal4j.data.squad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.testing.SharedData;

class PassageReaderTest {
  private static final String SQUAD =
      """
      {"version": "v2.0", "data": [{"title": "Old_Rome", "paragraphs": [
        {"context": " 𝔘nd Rome fell. ", "qas": [
          {"id": "a", "question": " What fell? ", "is_impossible": false,
           "answers": [{"text": "Rome", "answer_start": 5}, {"text": "Rome", "answer_start": 5},
                       {"text": "Rome fell", "answer_start": 5}]},
          {"id": "b", "question": "Who wept?", "is_impossible": true, "answers": [],
           "plausible_answers": [{"text": "Rome", "answer_start": 5}]}]},
        {"context": "Nothing.", "qas": []}]}]}
      """;
  private static final String SEAL =
      """
      [{"title": "Rome", "context": "Rome fell.", "prompt": "List!",
        "questions": [{"question": "What fell?", "answer": "Rome"}],
        "completions": ["1. It fell.", ""]},
       {"title": "Rome", "context": "Rome rose.", "questions": [],
        "pair_completions": ["p"], "triple_completions": ["t"]}]
      """;

  @TempDir Path folder;

  private Path file(String json) throws IOException {
    return Files.writeString(folder.resolve("data.json"), json);
  }

  @Test
  void squad_v2_is_read_with_its_impossible_questions_where_they_are_kept() throws IOException {
    List<Passage> passages = PassageReader.read(file(SQUAD), ImpossibleQuestions.KEEP);
    assertThat(passages)
        .containsExactly(
            new Passage(
                "Old Rome/0",
                "Old Rome",
                "𝔘nd Rome fell.",
                List.of(
                    new Question("a", "What fell?", List.of("Rome", "Rome fell"), false),
                    new Question("b", "Who wept?", List.of(), true))),
            new Passage("Old Rome/1", "Old Rome", "Nothing.", List.of()));
  }

  @Test
  void impossible_questions_can_be_dropped_or_refused() throws IOException {
    Path file = file(SQUAD);
    assertThat(PassageReader.read(file, ImpossibleQuestions.DROP).get(0).questions())
        .extracting(Question::id)
        .containsExactly("a");
    assertThatThrownBy(() -> PassageReader.read(file, ImpossibleQuestions.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("data.json: /data/0/paragraphs/0/qas/1/is_impossible is true");
  }

  @Test
  void SEALs_list_is_read_with_prompt_and_completions() throws IOException {
    assertThat(PassageReader.readCompleted(file(SEAL), ImpossibleQuestions.REFUSE))
        .containsExactly(
            new CompletedPassage(
                new Passage(
                    "Rome/0",
                    "Rome",
                    "Rome fell.",
                    List.of(Question.of("Rome/0/0", "What fell?", "Rome"))),
                "List!",
                List.of("1. It fell.", "")),
            new CompletedPassage(
                new Passage("Rome/1", "Rome", "Rome rose.", List.of()), "", List.of("p", "t")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Rome fell.\"         | 7                 | /0/context is 7; expected a text",
        "\"Rome fell.\"         | \" \"             | /0/context is \" \"; expected a text that is"
            + " not",
        "\"answer\"             | \"anser\"         | /0/questions/0 lacks the key 'answer'",
        "\"prompt\"             | \"promt\"         | /0/promt is \"List!\"; expected no other keys"
            + " than",
        "[\"1. It fell.\", \"\"]| \"1. It fell.\"   | /0/completions is \"1. It fell.\"; expected a"
            + " list",
        "\"1. It fell.\"        | null              | /0/completions/0 is null; expected a text"
      })
  void a_bad_list_is_refused_with_file_and_place(String good, String bad, String said)
      throws IOException {
    Path file = file(SEAL.replace(good, bad));
    assertThatThrownBy(() -> PassageReader.read(file, ImpossibleQuestions.KEEP))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("data.json: " + said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"id\": \"b\"          | \"id\": \"a\"     | /qas/1/id has the id 'a' of an earlier"
            + " question",
        "\"answers\": []        | \"answers\": [{\"text\": \"Rome\", \"answer_start\": 5}] | no"
            + " answer, as is_impossible",
        "\"is_impossible\": true | \"is_impossible\": false | /qas/1/answers is an empty list;"
            + " expected at least one",
        "fell\", \"answer_start\": 5 | fell\", \"answer_start\": 4 | answer_start is 4; expected"
            + " the place of 'Rome fell'",
        "\"answer_start\": 5    | \"answer_start\": -1 | answer_start is -1; expected an integer of"
            + " at least 0",
        "\"answer_start\": 5    | \"answer_start\": 999 | answer_start is 999; expected the place",
        "\"title\": \"Old_Rome\" | \"titel\": \"x\" | /data/0/titel is \"x\"; expected the key"
            + " 'title'",
        "\"is_impossible\": true | \"is_imposible\": true | is_imposible is true; expected the key"
            + " 'is_impossible'",
        "\"is_impossible\": true | \"is_impossible\": NaN | is_impossible is NaN; expected true",
        "\"question\": \"Who wept?\" | \"q\": \"Who wept?\" | /qas/1 lacks the key 'question'",
        "\"data\": [            | \"data\": [[],     | /data/0 is an empty list; expected an object"
      })
  void a_bad_squad_file_is_refused_with_file_and_place(String good, String bad, String said)
      throws IOException {
    Path file = file(SQUAD.replace(good, bad));
    assertThatThrownBy(() -> PassageReader.read(file, ImpossibleQuestions.KEEP))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("data.json: ")
        .hasMessageContaining(said);
  }

  @Test
  void keys_that_a_squad_file_carries_besides_do_not_matter() throws IOException {
    String more =
        SQUAD
            .replace("\"version\"", "\"made\": Infinity, \"version\"")
            .replace("\"paragraphs\"", "\"url\": null, \"paragraphs\"")
            .replace("\"qas\"", "\"score\": NaN, \"qas\"")
            .replace("\"question\"", "\"type\": {}, \"loss\": -Infinity, \"question\"")
            .replace("\"answer_start\": 5", "\"answer_start\": 5, \"p\": 1e999");
    List<Passage> read = PassageReader.read(file(more), ImpossibleQuestions.KEEP);
    assertThat(read).isEqualTo(PassageReader.read(file(SQUAD), ImpossibleQuestions.KEEP));
  }

  @Test
  void neither_a_list_nor_squad_is_refused() throws IOException {
    Path file = file("{\"passages\": []}");
    assertThatThrownBy(() -> PassageReader.read(file, ImpossibleQuestions.KEEP))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "expected a list of passages (SEAL) or an object with 'data' (SQuAD)");
  }

  @ParameterizedTest
  @CsvSource({
    "squad/seal_squad_val.visible.json, 1652, 7916, 38",
    "squad/train-v1.1.44articles.json, 2430, 11877, 44",
    "squad/xquad.en.visible.json, 190, 884, 38"
  })
  void the_real_files_are_read_whole(String path, int passages, int questions, int titles) {
    List<Passage> read = PassageReader.read(SharedData.orSkip(path), ImpossibleQuestions.REFUSE);
    assertThat(read).hasSize(passages);
    assertThat(read.stream().mapToInt(p -> p.questions().size()).sum()).isEqualTo(questions);
    assertThat(read.stream().map(Passage::title).distinct()).hasSize(titles);
    assertThat(read.stream().map(Passage::id).distinct()).hasSize(passages);
  }

  @ParameterizedTest
  @CsvSource({"train/iter0_train.json, 100, 10", "eval/base_val.visible.json, 165, 5"})
  void SEALs_completions_are_read_whole(String path, int passages, int each) {
    Path file = SharedData.orSkip("seal/knowledge-incorporation/data/synthetic_data/" + path);
    List<CompletedPassage> read = PassageReader.readCompleted(file, ImpossibleQuestions.REFUSE);
    assertThat(read).hasSize(passages);
    assertThat(read).allMatch(p -> p.completions().size() == each && !p.prompt().isBlank());
  }

  @Test
  void SEALs_verdicts_and_rewards_are_read_whole() {
    Path data = SharedData.orSkip("seal/knowledge-incorporation");
    int completions = 0;
    int answers = 0;
    Set<JudgedAnswer> distinct = new HashSet<>();
    for (Path file : SealResults.files(data)) {
      for (ScoredPassage passage : SealResults.read(file)) {
        completions += passage.completions().size();
        for (ScoredPassage.Completion completion : passage.completions()) {
          answers += completion.answers().size();
          distinct.addAll(completion.answers());
        }
      }
    }
    assertThat(SealResults.files(data)).hasSize(4);
    assertThat(completions).isEqualTo(2 * 165 + 2 * 250);
    assertThat(answers).isEqualTo(9794);
    assertThat(distinct).hasSize(5881 + 3);
  }

  @Test
  void missing_results_are_one_sentence() {
    assertThatThrownBy(() -> SealResults.files(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds no SEAL results: expected a folder knowledge-incorporation/");
  }

  @Test
  void a_subset_is_a_slice_of_one_shuffle() {
    List<Integer> all = java.util.stream.IntStream.range(0, 50).boxed().toList();
    List<Integer> whole = new PassageSubset(42, 0, 0).of(all);
    assertThat(whole).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
    assertThat(new PassageSubset(42, 10, 5).of(all)).isEqualTo(whole.subList(10, 15));
    assertThat(new PassageSubset(42, 45, 0).of(all)).isEqualTo(whole.subList(45, 50));
    assertThat(new PassageSubset(43, 0, 0).of(all)).isNotEqualTo(whole);
    assertThatThrownBy(() -> new PassageSubset(42, 48, 3).of(all))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("48 to 50 but there are only 50");
  }

  @Test
  void the_table_gives_back_what_was_written() throws IOException {
    List<CompletedPassage> passages =
        List.of(
            PassageReader.readCompleted(file(SEAL), ImpossibleQuestions.KEEP).get(0),
            CompletedPassage.of(PassageReader.read(file(SQUAD), ImpossibleQuestions.KEEP).get(0)));
    Path table = folder.resolve("passages.arrow");
    String hash = PassageTable.write(table, passages).sha256();
    assertThat(PassageTable.read(table)).isEqualTo(passages);
    assertThat(PassageTable.write(table, passages).sha256()).isEqualTo(hash);
  }
}
