package org.seal4j.data.squad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.arc.ArcReader;
import org.seal4j.data.check.InputException;

/** Files that are nearly of a known form: each is one sentence with its place, none is guessed. */
class ForeignFormsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'data': null}|/data is null; expected a value",
        "{'data': []}|/data is an empty list; expected a list of articles",
        "{'data': {'title': 'x'}}|/data is {\"title\":\"x\"}; expected a list of articles",
        "{'data': [{'id': '1', 'title': 'T', 'context': 'C', 'question': 'Q', 'answers': {'text':"
            + " ['C'], 'answer_start': [0]}}]}|/data/0 lacks the key 'paragraphs'",
        "{'data': [{'paragraphs': [{'context': 'C', 'qas': []}]}]}|/data/0 lacks the key 'title'",
        "{'data': [{'title': null, 'paragraphs': []}]}|/data/0/title is null",
        "{'data': [{'title': 'T', 'paragraphs': [{'context': null, 'qas': []}]}]}|context is null",
        "{'data': [{'title': 'T', 'paragraphs': [{'context': 'C', 'qas': null}]}]}|qas is null",
        "{'data': [{'title': 'T', 'paragraphs': [{'context': 'C', 'qas': [Q]}]}]}|/qas/0/answers is"
            + " an empty list; expected at least one answer",
        "{'data': [{'title': 'T', 'paragraphs': [{'context': 'C', 'qas': [I]}]}]}|/qas/0 lacks the"
            + " key 'answers'",
        "{'data': [{'title': 'T', 'paragraphs': [{'context': 'C', 'qas': [D]}]}]}|/qas/0/answers is"
            + " {",
        "{'data': [{'title': 'T', 'paragraphs': [{'context': 'C', 'qas': [S]}]}]}|answer_start is"
            + " \"0\"; expected an integer",
        "{'data': [{'title': 'T', 'paragraphs': [{'context': 'C', 'qas': [E]}]}]}|text is \"\";"
            + " expected a text that is not blank",
        "{'data': [{'title': 'T', 'paragraphs': [{'context': 'C', 'qas': [W]}]}]}|is_impossible is"
            + " \"false\"; expected true or false",
        "{'annotations': [], 'document_text': 'C', 'question_text': 'Q'}|the whole file is",
        "{'header': {'dataset': 'NaturalQuestions'}} {'id': '1', 'context': 'C', 'qas':"
            + " []}|something follows the end",
        "[{'title': 'T', 'context': 'C', 'questions': [{'question': 'Q', 'answer': null}]}]|answer"
            + " is null",
        "[null]|/0 is null; expected an object",
        "null|the whole file is null; expected a list of passages"
      })
  void a_file_like_squad_or_seal_is_refused_with_its_place(String json, String said)
      throws IOException {
    String qa = "{\"id\": \"1\", \"question\": \"Q\", ";
    String text =
        json.replace('\'', '"')
            .replace("[Q]", "[" + qa + "\"answers\": [], \"is_impossible\": null}]")
            .replace("[I]", "[" + qa + "\"is_impossible\": true, \"plausible_answers\": []}]")
            .replace("[D]", "[" + qa + "\"answers\": {\"text\": [\"C\"], \"answer_start\": [0]}}]")
            .replace(
                "[S]", "[" + qa + "\"answers\": [{\"text\": \"C\", \"answer_start\": \"0\"}]}]")
            .replace("[E]", "[" + qa + "\"answers\": [{\"text\": \"\", \"answer_start\": 0}]}]")
            .replace("[W]", "[" + qa + "\"answers\": [], \"is_impossible\": \"false\"}]");
    Path file = Files.writeString(folder.resolve("data.json"), text);
    assertThatThrownBy(() -> PassageReader.read(file, ImpossibleQuestions.KEEP))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("data.json")
        .hasMessageContaining(said)
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "task.json|{'train': [P], 'test': [{'input': [[1]]}]}|/test/0 lacks the key 'output'",
        "task.json|{'train': [P], 'test': [{'input': [[1]], 'output': null}]}|/test/0/output is"
            + " null",
        "task.json|[P, P]|the whole file is a list of 2; expected an object",
        "submission.json|{'00576224': [{'attempt_1': [[1]], 'attempt_2': [[1]]}]}|the whole file"
            + " lacks the key 'train'",
        "arc-agi_test_challenges.json|{'a': {'train': [P], 'test': [{'input':"
            + " [[1]]}]}}|arc-agi_test_solutions.json is missing",
        "arc-agi_test_challenges.json|[]|arc-agi_test_solutions.json is missing"
      })
  void a_file_like_a_grid_task_is_refused_with_its_place(String name, String json, String said)
      throws IOException {
    String pair = "{\"input\": [[1]], \"output\": [[2]]}";
    String text = json.replace('\'', '"').replace("P", pair);
    Path file = Files.writeString(folder.resolve(name), text);
    assertThatThrownBy(() -> ArcReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(said)
        .message()
        .satisfies(message -> assertThat(message).contains(name.substring(0, 4)));
  }
}
