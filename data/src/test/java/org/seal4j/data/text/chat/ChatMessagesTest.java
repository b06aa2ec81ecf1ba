package org.seal4j.data.text.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;

class ChatMessagesTest {
  private static final String TALK =
      "[{\"role\": \"system\", \"content\": \"Be brief.\"}, {\"role\": \"user\", \"content\": \"Hi\\n\"}]";

  @TempDir Path folder;

  private Path file(String json) throws IOException {
    return Files.writeString(folder.resolve("talk.json"), json);
  }

  @Test
  void a_list_and_an_object_with_it_are_the_same_conversation() throws IOException {
    assertThat(ChatMessages.read(file(TALK)))
        .containsExactly(new ChatMessage("system", "Be brief."), new ChatMessage("user", "Hi\n"))
        .isEqualTo(ChatMessages.read(file("{\"text\": \"x\", \"messages\": " + TALK + "}")));
  }

  @Test
  void keys_that_say_nothing_are_passed_over() throws IOException {
    Path file = file("[{\"role\": \"user\", \"content\": \"Hi\", \"tool_calls\": null}]");
    assertThat(ChatMessages.read(file)).containsExactly(new ChatMessage("user", "Hi"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|the whole file is an empty list; expected a list of messages",
        "{}|the whole file lacks the key 'messages'",
        "{\"messages\": 3}|/messages is 3; expected a list of messages",
        "[{\"role\": \"user\"}]|/0 lacks the key 'content'",
        "[{\"role\": \" \", \"content\": \"x\"}]|/0/role is \" \"; expected a text that is not blank",
        "[{\"role\": \"user\", \"content\": null}]|/0/content is null; expected a value",
        "[{\"role\": \"user\", \"content\": [\"x\"]}]|/0/content is a list of 1; expected a text",
        "[{\"role\": \"user\", \"content\": \"x\", \"name\": \"Eve\"}]|/0/name is \"Eve\"; expected no other keys",
        "[\"x\"]|/0 is \"x\"; expected an object",
        "[{|talk.json"
      })
  void what_is_no_conversation_is_refused_by_file_and_field(String json, String message)
      throws IOException {
    Path file = file(json);
    assertThatThrownBy(() -> ChatMessages.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("talk.json")
        .hasMessageContaining(message);
  }
}
