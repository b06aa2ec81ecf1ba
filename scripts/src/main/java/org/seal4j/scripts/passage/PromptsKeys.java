package org.seal4j.scripts.passage;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.data.text.chat.ChatTemplate;
import org.seal4j.data.text.chat.KnownTemplate;
import org.seal4j.eval.squad.AnswerBehind;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.rl.passage.ClosedBookPrompt;
import org.seal4j.rl.passage.OwnQuestion;
import org.seal4j.rl.passage.PassageLanguage;
import org.seal4j.rl.passage.PromptKind;
import org.seal4j.rl.passage.PromptKinds;
import org.seal4j.rl.passage.QuestionPrompt;

/**
 * How the model is asked.
 *
 * @param kind of the prompt for self-edits: one of SEAL's or of {@code kinds}
 * @param kinds further prompts by name; each holds {@code {context}}, may hold {@code {title}}
 * @param question prompt that the model continues with an answer; holds {@code {question}}, may
 *     hold {@code {title}}; null for SEAL's, with the title as topic
 * @param answerAfter only what follows this in an answer counts, such as {@code Final answer:};
 *     SEAL's question then asks for thoughts before it; null where the whole answer counts
 * @param chat puts prompts as a conversation; null for plain text
 * @param maxTokens longest sequence in tokens
 */
public record PromptsKeys(
    String kind,
    Map<String, String> kinds,
    @Nullable String question,
    @Nullable String answerAfter,
    @Nullable Chat chat,
    int maxTokens) {
  public PromptsKeys {
    Checks.require(
        answerAfter == null || !answerAfter.isBlank(),
        "prompts.answerAfter is blank; name what stands before an answer, such as 'Final answer:',"
            + " or set it to null");
  }

  /** Forms of a conversation. */
  public enum Chat {
    /** As the template in the model's folder says. */
    MODEL,
    /** As Llama 3 was trained. */
    LLAMA3,
    /** As Qwen2 was trained. */
    QWEN2
  }

  /** The prompt for self-edits. */
  PromptKind edit() {
    return PromptKinds.with(kinds).named(kind);
  }

  private QuestionPrompt asked() {
    String marker = answerAfter == null ? "" : answerAfter;
    return question == null
        ? new ClosedBookPrompt(true, marker)
        : new OwnQuestion(question, marker);
  }

  /** Judges the part of an answer that counts. */
  public AnswerGrader graded(AnswerGrader grader) {
    return answerAfter == null ? grader : new AnswerBehind(grader, answerAfter);
  }

  /** The prompts for a model of an invented world, which has no chat template. */
  PassageLanguage ofWorld(Tokenizer tokenizer) {
    Checks.require(
        chat == null,
        "prompts.chat is %s, but the model of an invented world has no chat template; set it to"
            + " null, or use a model of your own with data.source: files",
        label());
    return new PassageLanguage(tokenizer, edit(), asked(), Optional.empty(), List.of(), maxTokens);
  }

  /**
   * The prompts for a model of the user.
   *
   * @param model its folder or file
   * @param ends tokens that end its texts
   */
  PassageLanguage ofModel(Path model, Tokenizer tokenizer, List<Integer> ends) {
    return new PassageLanguage(
        tokenizer, edit(), asked(), encoder(model, tokenizer), ends, maxTokens);
  }

  private Optional<ChatEncoder> encoder(Path model, Tokenizer tokenizer) {
    if (chat == null) {
      return Optional.empty();
    }
    Optional<ChatTemplate> own =
        chat == Chat.MODEL ? Optional.of(template(model)) : Optional.empty();
    try {
      return Optional.of(
          switch (chat) {
            case MODEL -> new ChatEncoder(own.orElseThrow(), tokenizer);
            case LLAMA3 -> KnownTemplate.LLAMA3.encoder(tokenizer);
            case QWEN2 -> KnownTemplate.QWEN2.encoder(tokenizer);
          });
    } catch (InputException e) {
      throw new InputException(
          "prompts.chat is %s, but %s (the model is %s); set it to null for plain prompts"
              .formatted(label(), e.getMessage(), model),
          e);
    }
  }

  /** Refuses a model without the template that is asked for. */
  void requireTemplate(Path model) {
    if (chat == Chat.MODEL) {
      template(model);
    }
  }

  private static ChatTemplate template(Path model) {
    try {
      return ChatTemplate.load(model);
    } catch (InputException e) {
      throw new InputException(
          "prompts.chat asks for the chat template of the model, but "
              + e.getMessage()
              + "; set it to llama3 or qwen2 if the model was trained on one of these forms, or to"
              + " null for plain prompts",
          e);
    }
  }

  /** The same as plain text. */
  PromptsKeys withoutChat() {
    return new PromptsKeys(kind, kinds, question, answerAfter, null, maxTokens);
  }

  private String label() {
    return chat == null ? "null" : chat.name().toLowerCase(Locale.ROOT);
  }

  /** What pretraining depends on, in the words by which models lie in the cache. */
  String ofPretraining() {
    return "PromptsConfig[kind=%s, kinds=%s, question=%s, maxTokens=%d]"
        .formatted(kind, kinds, question, maxTokens);
  }
}
