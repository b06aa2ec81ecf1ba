package org.seal4j.rl.passage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.lora.text.ChatSession;
import org.seal4j.lora.text.TextModel;

/**
 * A model and the form in which it is asked without the passage: as plain text, or as a
 * conversation by its chat template.
 */
public final class AskedModel {
  private static final ClosedBookPrompt PROMPT = ClosedBookPrompt.defaults();

  private final TextModel model;
  private final Optional<ChatEncoder> encoder;
  private final List<ChatMessage> before;

  private AskedModel(TextModel model, Optional<ChatEncoder> encoder, List<ChatMessage> before) {
    this.model = model;
    this.encoder = encoder;
    this.before = List.copyOf(before);
  }

  /** Questions as plain text, which the model goes on with. */
  public static AskedModel plain(TextModel model) {
    return new AskedModel(model, Optional.empty(), List.of());
  }

  /**
   * Questions as a conversation of their own each.
   *
   * @param before what stands before every question: a system's message, examples. Without a
   *     system's message SEAL's instruction is one
   * @throws org.seal4j.data.check.InputException when the model has no chat template
   */
  public static AskedModel chat(TextModel model, List<ChatMessage> before) {
    return new AskedModel(model, Optional.of(model.chat()), before);
  }

  TextModel model() {
    return model;
  }

  /** The ids of a question, up to where the answer begins. */
  int[] ids(Passage passage, Question question) {
    return encoder
        .map(chat -> chat.encode(messages(passage, question), ""))
        .orElseGet(() -> model.encode(PROMPT.text(passage, question)));
  }

  private List<ChatMessage> messages(Passage passage, Question question) {
    List<ChatMessage> messages = new ArrayList<>(before);
    for (ChatMessage one : PROMPT.messages(passage, question)) {
      boolean instruction = one.role().equals("system");
      if (!instruction) {
        messages.add(one);
      } else if (before.stream().noneMatch(said -> said.role().equals("system"))) {
        messages.add(0, one);
      }
    }
    return messages;
  }

  /** Ids that end an answer. */
  Set<Integer> ends() {
    return encoder.map(chat -> ChatSession.ends(model, chat)).orElseGet(model::endTokens);
  }
}
