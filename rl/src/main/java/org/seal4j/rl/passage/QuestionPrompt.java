package org.seal4j.rl.passage;

import java.util.List;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.text.chat.ChatMessage;

/** How a question is put to a model that does not see the passage. */
public interface QuestionPrompt {
  /** The prompt of a base model, which ends where the answer starts. */
  String text(Passage passage, Question question);

  /** The messages to a chat model. */
  List<ChatMessage> messages(Passage passage, Question question);

  /** Behind this the answer stands; empty where all that is written is the answer. */
  String marker();
}
