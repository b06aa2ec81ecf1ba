package org.seal4j.lora.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.chat.ChatMessage;

/**
 * A question that is asked once, in the form that the model has for it: as the user's message by
 * its chat template; of a model without one as {@code Question: ...}, {@code Answer:}, and the
 * answer ends with its line. {@code seal adapt} teaches answers in the same two forms.
 *
 * @param before what was said before, the system's message first; for models with a template only
 * @param text the question
 */
public record SingleQuestion(List<ChatMessage> before, String text) {
  private static final String PLAIN = "Question: %s\nAnswer:";
  private static final String LINE_END = "\n";

  public SingleQuestion {
    Checks.require(!text.isBlank(), "the question is empty; say what is asked");
    before = List.copyOf(before);
  }

  /**
   * Has it answered.
   *
   * @param sink hears the answer as it is written, in whole characters; see {@link TrimmedText}
   * @return the answer as the model wrote it, blanks at its ends included
   * @throws org.seal4j.data.check.InputException when there are messages before it and the model
   *     has no chat template
   */
  public Completion ask(TextModel model, Completion.Request request, Consumer<String> sink) {
    if (!before.isEmpty() || model.chatIfAny().isPresent()) {
      try (ChatSession session = ChatSession.open(model, before)) {
        return session.ask(text, request, sink);
      }
    }
    List<String> stops = new ArrayList<>(request.stops());
    stops.add(LINE_END);
    Completion.Request line =
        new Completion.Request(
            request.sampling(), request.maxTokens(), stops, request.seed(), request.likeliest());
    int[] ids = model.encodeOrdinary(PLAIN.formatted(text));
    try (TextWriter writer = new TextWriter(model)) {
      return writer.write(new TextWriter.Start(text, ids, model.endTokens()), line, sink);
    }
  }
}
