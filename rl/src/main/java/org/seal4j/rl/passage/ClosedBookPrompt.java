package org.seal4j.rl.passage;

import java.util.List;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.text.chat.ChatMessage;

/**
 * A question as SEAL puts it, in our words (docs/seal.md §2.5).
 *
 * @param topic whether a line with the article's title precedes the question
 * @param marker what reasoning is asked to end with, such as {@code Final answer:}, of which only
 *     what follows counts (SEAL's second version); empty where the answer is asked for directly
 */
public record ClosedBookPrompt(boolean topic, String marker) implements QuestionPrompt {
  private static final String DIRECT = "Give a direct and concise answer to this question.";
  private static final String THINK =
      "Think about this question step by step, then write \"%s\" and a direct and concise answer"
          + " after it.";

  /** With topic, without thoughts: what SEAL's published figures used. */
  public static ClosedBookPrompt defaults() {
    return new ClosedBookPrompt(true, "");
  }

  /** The question as it is put to model and judge: the topic line, then the question. */
  public String question(Passage passage, Question question) {
    return topic ? "Topic: " + passage.title() + "\n" + question.text() : question.text();
  }

  @Override
  public String text(Passage passage, Question question) {
    String start = marker.isEmpty() ? "Answer:" : "Thoughts:";
    return "%s\nQuestion: %s\n%s\n".formatted(instruction(), question(passage, question), start);
  }

  @Override
  public List<ChatMessage> messages(Passage passage, Question question) {
    return List.of(
        new ChatMessage("system", instruction()),
        new ChatMessage("user", question(passage, question)));
  }

  private String instruction() {
    return marker.isEmpty() ? DIRECT : THINK.formatted(marker);
  }
}
