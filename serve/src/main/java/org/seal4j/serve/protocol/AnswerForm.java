package org.seal4j.serve.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an answer is written as JSON: one way for chats, another for texts that are continued. */
public interface AnswerForm {
  /**
   * The whole answer.
   *
   * @param tokens with their probabilities; null where none were asked for
   * @param reason {@code stop} or {@code length}
   */
  Map<String, @Nullable Object> whole(
      AnswerHead head,
      String text,
      @Nullable List<TokenProbability> tokens,
      String reason,
      Usage usage);

  /** What a stream begins with, before there is any text; empty where with nothing. */
  Optional<Map<String, @Nullable Object>> first(AnswerHead head);

  /**
   * A piece of the text.
   *
   * @param tokens that came since the piece before; null where none were asked for
   * @param offset characters before it
   */
  Map<String, @Nullable Object> piece(
      AnswerHead head, String text, @Nullable List<TokenProbability> tokens, int offset);

  /** The last piece, without a text. */
  Map<String, @Nullable Object> last(AnswerHead head, String reason);

  /** What follows it where a count of tokens is asked for: no choices at all. */
  Map<String, @Nullable Object> usage(AnswerHead head, Usage usage);
}
