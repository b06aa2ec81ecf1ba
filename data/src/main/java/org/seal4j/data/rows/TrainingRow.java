package org.seal4j.data.rows;

import java.util.List;
import org.seal4j.data.text.chat.ChatMessage;

/** One row of a file of training data, in one of three forms. */
public sealed interface TrainingRow {
  /** The line it stands in, from 1. */
  int line();

  /**
   * A conversation. Trained on is what the assistant says.
   *
   * @param messages the turns; at least one of the trained ones is the assistant's
   * @param first index of the first message whose words are trained on, if it is the assistant's
   */
  record Talk(int line, List<ChatMessage> messages, int first) implements TrainingRow {
    public Talk {
      messages = List.copyOf(messages);
    }

    /** Whether the words of this message are trained on. */
    public boolean isTaught(int message) {
      return message >= first && messages.get(message).role().equals(ASSISTANT);
    }
  }

  /**
   * A prompt and what should follow it. Trained on is the completion.
   *
   * @param prompt may be empty
   * @param completion not empty
   */
  record Pair(int line, String prompt, String completion) implements TrainingRow {}

  /**
   * A text. Trained on is all of it.
   *
   * @param text not empty
   */
  record Plain(int line, String text) implements TrainingRow {}

  /** The role whose words are trained on. */
  String ASSISTANT = "assistant";
}
