package org.seal4j.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.text.chat.ChatMessage;

class TrainingRowsTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("rows.jsonl"), text);
  }

  @Test
  void rows_of_all_forms_are_read_with_their_lines() throws IOException {
    Path file =
        file(
            """
            {"messages": [{"role": "user", "content": "Hi."}, {"role": "assistant", "content": "Ho."}], "id": 3}

            {"prompt": "", "completion": "All."}\r
            {"text": "A\\nB\u2028C"}
            {"prompt": [{"role": "system", "content": ""}, {"role": "assistant", "content": "Eh?"}], \
            "completion": [{"role": "assistant", "content": "Ah."}]}
            {"prompt": "kept by others", "messages": [{"role": "assistant", "content": "x"}]}""");
    assertThat(TrainingRows.read(file))
        .containsExactly(
            new TrainingRow.Talk(
                1, List.of(new ChatMessage("user", "Hi."), new ChatMessage("assistant", "Ho.")), 0),
            new TrainingRow.Pair(3, "", "All."),
            new TrainingRow.Plain(4, "A\nB\u2028C"),
            new TrainingRow.Talk(
                5,
                List.of(
                    new ChatMessage("system", ""),
                    new ChatMessage("assistant", "Eh?"),
                    new ChatMessage("assistant", "Ah.")),
                2),
            new TrainingRow.Talk(6, List.of(new ChatMessage("assistant", "x")), 0));
  }

  @Test
  void of_a_conversation_the_assistant_is_taught_from_the_completion_on() {
    TrainingRow.Talk talk =
        new TrainingRow.Talk(
            1,
            List.of(
                new ChatMessage("assistant", "a"),
                new ChatMessage("user", "b"),
                new ChatMessage("assistant", "c")),
            1);
    assertThat(talk.isTaught(0)).isFalse();
    assertThat(talk.isTaught(1)).isFalse();
    assertThat(talk.isTaught(2)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"prompt\": \"x\"}|line 2 lacks the key 'completion'",
        "{\"completion\": \"x\"}|line 2 lacks the key 'prompt'",
        "{\"instruction\": \"x\", \"output\": \"y\"}|line 2 has the keys [instruction, output]; expected 'messages'",
        "{\"text\": \"x\", \"completion\": \"y\"}|line 2 has the keys [completion, text]; a row has one form",
        "{\"text\": \"\"}|line 2/text is \"\"; expected a text that is not empty",
        "{\"text\": 5}|line 2/text is 5; expected a text",
        "{\"prompt\": \"x\", \"completion\": \"\"}|line 2/completion is \"\"; expected a text that is not empty",
        "{\"messages\": []}|line 2/messages is an empty list; expected a list of messages",
        "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}|line 2 has no message of the role 'assistant'",
        "{\"messages\": [{\"role\": \"Assistant\", \"content\": \"x\"}]}|/0/role is \"Assistant\"; expected the role 'assistant'",
        "{\"messages\": [{\"role\": \"assistant\", \"content\": null}]}|/0/content is null; expected a value",
        "{\"messages\": [{\"content\": \"x\"}]}|line 2/messages/0 lacks the key 'role'",
        "{\"messages\": [{\"role\": \"assistant\", \"content\": \"x\", \"tool_calls\": [1]}]}|/0/tool_calls is a list of 1; expected no other keys",
        "[1, 2]|line 2 is a list of 2; expected an object",
        "{\"text\": \"x\"|rows.jsonl, line 2, column",
        "{\"text\": \"x\", \"text\": \"y\"}|the key 'text' is given twice",
        "{\"text\": \"\\ud800\"}|half of a surrogate pair"
      })
  void a_row_that_cannot_be_used_is_refused_with_file_and_line(String row, String said)
      throws IOException {
    Path file = file("{\"text\": \"fine\"}\n" + row + "\n");
    assertThatThrownBy(() -> TrainingRows.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("rows.jsonl", said);
  }

  @Test
  void a_file_without_rows_a_list_and_other_bytes_are_refused() throws IOException {
    assertThatThrownBy(() -> TrainingRows.read(file(" \n\n")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has no rows; write one JSON object a line");
    assertThatThrownBy(() -> TrainingRows.read(file("[{\"text\": \"x\"}]")))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("is a JSON list", "jq -c '.[]'");
    Path file = folder.resolve("latin");
    Files.write(
        file, "{\"text\": \"a\"}\n{\"text\": \"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TrainingRows.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("latin is not UTF-8 text: in line 2");
    assertThatThrownBy(() -> TrainingRows.read(folder.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot read");
  }
}
