package org.seal4j.rl.edit;

import java.util.List;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;

/**
 * How a question is asked without the passage (seal-spec §1.5).
 *
 * @param topic whether a line with the article's title precedes the question
 * @param thoughts whether reasoning is asked for first, of which only what follows {@code Final
 *     answer:} counts (SEAL's second version)
 */
public record ClosedBookPrompt(boolean topic, boolean thoughts) {
  private static final String DIRECT = "Give a direct and concise answer to this question.";
  private static final String THINK =
      "Think about this question step by step, then write \"Final answer:\" and a direct and"
          + " concise answer after it.";
  private static final String FINAL = "Final answer:";

  /** With topic, without thoughts: what SEAL's published figures used. */
  public static ClosedBookPrompt defaults() {
    return new ClosedBookPrompt(true, false);
  }

  /** The question as it is put to model and judge: the topic line, then the question. */
  public String question(Passage passage, Question question) {
    return topic ? "Topic: " + passage.title() + "\n" + question.text() : question.text();
  }

  /** The prompt of a base model, which ends where the answer starts. */
  public String text(Passage passage, Question question) {
    return "%s\nQuestion: %s\nAnswer:\n".formatted(instruction(), question(passage, question));
  }

  /** The prompt of a chat model. */
  public String chat(Passage passage, Question question, PromptKind.ChatFormat format) {
    return format.render(
        List.of(
            new PromptKind.Message("system", instruction()),
            new PromptKind.Message("user", question(passage, question))));
  }

  /** The part of what the model wrote that is graded; empty where thoughts end without answer. */
  public String answer(String written) {
    if (!thoughts) {
      return written;
    }
    int at = written.indexOf(FINAL);
    return at < 0 ? "" : TextRules.strip(written.substring(at + FINAL.length()));
  }

  private String instruction() {
    return thoughts ? THINK : DIRECT;
  }
}
