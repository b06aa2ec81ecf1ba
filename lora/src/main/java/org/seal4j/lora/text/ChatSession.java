package org.seal4j.lora.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.data.text.chat.ChatMessage;

/**
 * A conversation with a model: every question is answered with all that was said before it, in the
 * form of the model's own chat template.
 *
 * <pre>{@code
 * try (TextModel model = TextModel.open(path, null, null);
 *     ChatSession chat = ChatSession.open(model, List.of(new ChatMessage("system", "Be brief.")))) {
 *   chat.ask("What is the capital of France?", request, System.out::print);
 *   chat.ask("And of Spain?", request, System.out::print);
 * }
 * }</pre>
 *
 * <p>What was read for one question is not read again for the next, so that a turn costs what is
 * new in it, and the answer before; weights and adapter may not change while the session is open.
 * An answer ends at the token that the template puts behind a turn, at the model's own ends, and
 * where the request says. Not thread-safe.
 */
public final class ChatSession implements AutoCloseable {
  private final ChatEncoder encoder;
  private final Set<Integer> ends;
  private final TextWriter writer;
  private final List<ChatMessage> messages;

  private ChatSession(TextModel model, ChatEncoder encoder, List<ChatMessage> history) {
    this.encoder = encoder;
    ends = ends(model, encoder);
    messages = new ArrayList<>(history);
    writer = new TextWriter(model);
  }

  /**
   * Begins a conversation, or goes on with one.
   *
   * @param model stays open as long as this; the caller closes it
   * @param history what was said so far, the system's message first; may be empty
   * @throws org.seal4j.data.check.InputException when the model has no chat template
   */
  public static ChatSession open(TextModel model, List<ChatMessage> history) {
    return new ChatSession(model, model.chat(), history);
  }

  /** Ids that end an answer in a conversation: those that end a text, and the end of a turn. */
  public static Set<Integer> ends(TextModel model, ChatEncoder encoder) {
    Set<Integer> ends = new TreeSet<>(model.endTokens());
    ends.add(encoder.turnEnd());
    return ends;
  }

  /**
   * Says something as the user, and has it answered.
   *
   * @param sink hears the answer as it is written, in whole characters
   */
  public Completion ask(String question, Completion.Request request, Consumer<String> sink) {
    List<ChatMessage> asked = new ArrayList<>(messages);
    asked.add(new ChatMessage("user", question));
    return answer(asked, request, sink);
  }

  /**
   * Has the last message answered, which must not be the model's own.
   *
   * @param sink hears the answer as it is written, in whole characters
   */
  public Completion reply(Completion.Request request, Consumer<String> sink) {
    Checks.require(!messages.isEmpty(), "there is no message to answer");
    return answer(messages, request, sink);
  }

  private Completion answer(
      List<ChatMessage> asked, Completion.Request request, Consumer<String> sink) {
    ChatMessage last = asked.get(asked.size() - 1);
    Checks.require(
        !last.role().equals("assistant"),
        "the last message is the model's own, by the role assistant; say something for it to"
            + " answer");
    int[] ids = encoder.encode(asked, "");
    Completion made = writer.write(new TextWriter.Start(last.content(), ids, ends), request, sink);
    List<ChatMessage> said = new ArrayList<>(asked);
    said.add(new ChatMessage("assistant", made.text()));
    goOnFrom(said);
    return made;
  }

  /**
   * Goes on as if other things had been said.
   *
   * @param history all that was said, the system's message first; may be empty
   */
  public void goOnFrom(List<ChatMessage> history) {
    List<ChatMessage> said = List.copyOf(history);
    messages.clear();
    messages.addAll(said);
  }

  /** All that was said, the answers included. */
  public List<ChatMessage> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    writer.close();
  }
}
