package org.seal4j.serve.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.seal4j.data.json.Json;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.serve.http.ApiException;
import org.seal4j.serve.http.Reply;
import org.seal4j.serve.protocol.AnswerHead;
import org.seal4j.serve.protocol.CompletionAnswer;
import org.seal4j.serve.protocol.CompletionBody;
import org.seal4j.serve.protocol.Usage;

/** What the reader of an answer gets where it fails. */
class AnswerWriterTest {
  private static final Tokenizer TOKENIZER =
      BpeTrainer.train(List.of("To be"), BpeTrainerConfig.bytes(260)).tokenizer();

  private final StringBuilder sent = new StringBuilder();
  private boolean ended;

  private final Reply reply =
      new Reply() {
        @Override
        public void header(String name, String value) {}

        @Override
        public void send(int status, String type, byte[] body) {
          sent.append(new String(body, StandardCharsets.UTF_8));
          ended = true;
        }

        @Override
        public Pieces begin(int status, String type) {
          return new Pieces() {
            @Override
            public void send(byte[] piece) {
              sent.append(new String(piece, StandardCharsets.UTF_8));
            }

            @Override
            public void end() {
              ended = true;
            }
          };
        }

        @Override
        public void cut() {}

        @Override
        public int status() {
          return 0;
        }
      };

  private void answered(boolean stream, RuntimeException fault, Duration before)
      throws InterruptedException {
    String body = "{\"model\":\"small\",\"prompt\":\"To\",\"stream\":%s}".formatted(stream);
    RunningAnswer answer = new RunningAnswer(TOKENIZER, new int[] {1}, List.of(), Set.of(), -1);
    if (before.isZero()) {
      answer.failed(fault);
    }
    Thread failing =
        new Thread(
            () -> {
              try {
                Thread.sleep(before.toMillis());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              answer.failed(fault);
            });
    if (!before.isZero()) {
      failing.start();
    }
    try {
      new AnswerWriter(
              new CompletionAnswer(),
              new AnswerHead("cmpl-", "7-000001", 0, "small", "fp"),
              CompletionBody.of(Json.parse(body, JsonNode.class, "a body"), 260).settings(),
              new Answering.Begun(answer, 1, 1),
              new AnswerWriter.AnswerTimes() {
                @Override
                public void over(Usage usage) {}

                @Override
                public void first() {}
              },
              Duration.ofMillis(10))
          .send(reply);
    } finally {
      failing.join();
    }
  }

  @Test
  void one_that_fails_at_once_is_refused_as_any_other_request() {
    assertThatThrownBy(() -> answered(false, new CancellationException(), Duration.ZERO))
        .isInstanceOf(ApiException.class)
        .hasMessage("the server is stopping");
    assertThat(sent).isEmpty();
  }

  @Test
  void a_fault_behind_empty_lines_is_told_with_the_name_of_the_request_and_goes_on_to_the_log() {
    IllegalStateException fault = new IllegalStateException("of the engine");
    assertThatThrownBy(() -> answered(false, fault, Duration.ofMillis(300))).isSameAs(fault);
    assertThat(sent.toString())
        .startsWith("\n")
        .contains("\"error\"", "7-000001")
        .doesNotContain("of the engine");
    assertThat(ended).as("ends as if it were whole").isFalse();
  }

  @Test
  void a_fault_in_a_stream_is_an_event_and_goes_on_to_the_log() {
    IllegalStateException fault = new IllegalStateException("of the engine");
    assertThatThrownBy(() -> answered(true, fault, Duration.ZERO)).isSameAs(fault);
    assertThat(sent.toString()).contains("data: {\"error\"", "7-000001");
    assertThat(ended).isFalse();
  }

  @Test
  void a_stream_that_the_end_of_the_server_ends_is_ended_properly() throws InterruptedException {
    answered(true, new CancellationException(), Duration.ZERO);
    assertThat(sent.toString()).contains("the server is stopping");
    assertThat(ended).isTrue();
  }
}
