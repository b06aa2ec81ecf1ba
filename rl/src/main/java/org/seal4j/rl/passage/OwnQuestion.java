package org.seal4j.rl.passage;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.text.chat.ChatMessage;

/**
 * A question in the words of a recipe.
 *
 * @param template the whole prompt, to a chat model the user's message; {@code {title}} and {@code
 *     {question}} are filled in, the second is required
 * @param marker behind this the answer stands; empty where all that is written is the answer
 */
public record OwnQuestion(String template, String marker) implements QuestionPrompt {
  public OwnQuestion {
    Checks.require(
        template.contains("{question}"),
        "the prompt for questions must contain {question} but is '%s'",
        template);
  }

  @Override
  public String text(Passage passage, Question question) {
    return template.replace("{title}", passage.title()).replace("{question}", question.text());
  }

  @Override
  public List<ChatMessage> messages(Passage passage, Question question) {
    return List.of(new ChatMessage("user", text(passage, question)));
  }
}
