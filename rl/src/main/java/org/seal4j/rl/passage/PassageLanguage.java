package org.seal4j.rl.passage;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.model.generate.StopRule;

/**
 * How passages, self-edits, questions and answers become tokens. A sequence begins with the
 * tokenizer's beginning token where it has one; conversations begin as their template says. What
 * texts spell like a special token is ordinary text; in the words of a plain prompt it is the
 * token.
 *
 * @param tokenizer of the model
 * @param editPrompt prompt that the policy continues with a self-edit
 * @param questionPrompt prompt that is continued with an answer; it does not contain the passage
 * @param chat puts both prompts as conversations; empty for plain text
 * @param furtherEnds tokens that end what is written, besides the tokenizer's and the chat's
 * @param maxTokens longest sequence; longer documents lose their end (SEAL: 2048)
 */
public record PassageLanguage(
    Tokenizer tokenizer,
    PromptKind editPrompt,
    QuestionPrompt questionPrompt,
    Optional<ChatEncoder> chat,
    List<Integer> furtherEnds,
    int maxTokens) {
  public PassageLanguage {
    furtherEnds = List.copyOf(furtherEnds);
    Checks.require(maxTokens >= 8, "maxTokens must be >= 8 but was %d", maxTokens);
  }

  /** With plain prompts; the one for questions holds {@code {question}}. */
  public PassageLanguage(
      Tokenizer tokenizer, PromptKind editPrompt, String questionPrompt, int maxTokens) {
    this(
        tokenizer,
        editPrompt,
        new OwnQuestion(questionPrompt, ""),
        Optional.empty(),
        List.of(),
        maxTokens);
  }

  /** What the policy reads before it writes a self-edit. */
  TokenSequence editPrompt(Passage passage) {
    return unweighted(
        chat.map(talk -> talk.encode(editPrompt.messages(passage), editPrompt.cue()))
            .orElseGet(() -> opened(tokenizer.encode(editPrompt.text(passage)))));
  }

  /** Tokens of the prompt for self-edits about this passage. */
  public int editPromptLength(Passage passage) {
    return editPrompt(passage).length();
  }

  /** A prompt and the self-edit behind it, with loss on the self-edit and the end. */
  TokenSequence editExample(Passage passage, String completion) {
    return continued(editPrompt(passage).ids(), ordinary(completion), writingEnd());
  }

  /** A training text, with loss on all its tokens and the end. */
  public TokenSequence document(String text) {
    return continued(opened(new int[0]), ordinary(text), end());
  }

  /**
   * The same filled up with end tokens to {@code maxTokens}, all of them to be predicted, as in
   * SEAL (docs/seal.md §2.4); only for comparisons with it.
   */
  TokenSequence paddedDocument(String text) {
    TokenSequence document = document(text);
    int[] ids = Arrays.copyOf(document.ids(), maxTokens);
    Arrays.fill(ids, document.length(), maxTokens, end());
    float[] weights = Arrays.copyOf(document.weights(), maxTokens);
    Arrays.fill(weights, document.length(), maxTokens, 1);
    return new TokenSequence(ids, new int[maxTokens], weights);
  }

  /** Training texts, padded as in SEAL or not. */
  public List<TokenSequence> documents(List<String> texts, boolean padded) {
    return texts.stream().map(text -> padded ? paddedDocument(text) : document(text)).toList();
  }

  /** The prompt that is continued with an answer. */
  TokenSequence questionPrompt(Passage passage, Question question) {
    return unweighted(
        chat.map(talk -> talk.encode(questionPrompt.messages(passage, question), ""))
            .orElseGet(() -> opened(tokenizer.encode(questionPrompt.text(passage, question)))));
  }

  /**
   * The prompt and the gold answer behind it, with loss on the answer and the end. Where thoughts
   * are asked for there are none: their marker stands before the answer, without loss.
   */
  TokenSequence gold(Passage passage, Question question) {
    int[] prompt = questionPrompt(passage, question).ids();
    String marker = questionPrompt.marker();
    if (marker.isEmpty()) {
      return continued(prompt, ordinary(question.gold()), writingEnd());
    }
    int[] marked = ordinary(marker);
    int[] answer = ordinary(marker + " " + question.gold());
    int shared = Arrays.mismatch(marked, answer);
    int from = shared < 0 ? answer.length : shared;
    int[] begun = Arrays.copyOf(prompt, prompt.length + from);
    System.arraycopy(answer, 0, begun, prompt.length, from);
    return continued(begun, Arrays.copyOfRange(answer, from, answer.length), writingEnd());
  }

  private int[] ordinary(String text) {
    return tokenizer.ignoringSpecials().encode(text);
  }

  /** The text of what was written, without its end. */
  String text(int[] ids) {
    return tokenizer.decode(ids);
  }

  /** The token that ends a text. */
  int end() {
    OptionalInt eos = tokenizer.eos();
    Checks.require(
        eos.isPresent() || chat.isPresent(), "the tokenizer has no token that ends a text (eos)");
    return eos.orElseGet(() -> chat.orElseThrow().turnEnd());
  }

  /** The token that ends what the model writes: of its turn in a chat, else of a text. */
  int writingEnd() {
    return chat.map(ChatEncoder::turnEnd).orElseGet(this::end);
  }

  /** Where generation stops. */
  StopRule stop(int maxNewTokens) {
    int[] further = furtherEnds.stream().mapToInt(Integer::intValue).toArray();
    return StopRule.after(maxNewTokens).orAt(end(), writingEnd()).orAt(further);
  }

  /** Prompt, continuation, end; weight on what follows the prompt. Too long ones are cut. */
  private TokenSequence continued(int[] prompt, int[] continuation, int end) {
    int length = Math.min(prompt.length + continuation.length + 1, maxTokens);
    int[] ids = Arrays.copyOf(prompt, prompt.length + continuation.length + 1);
    System.arraycopy(continuation, 0, ids, prompt.length, continuation.length);
    ids[ids.length - 1] = end;
    float[] weights = new float[length];
    Arrays.fill(weights, Math.min(prompt.length, length), length, 1);
    return new TokenSequence(Arrays.copyOf(ids, length), new int[length], weights);
  }

  private int[] opened(int[] ids) {
    OptionalInt bos = tokenizer.bos();
    if (bos.isEmpty()) {
      return ids;
    }
    int[] all = new int[ids.length + 1];
    all[0] = bos.getAsInt();
    System.arraycopy(ids, 0, all, 1, ids.length);
    return all;
  }

  private TokenSequence unweighted(int[] ids) {
    Checks.require(ids.length >= 1, "a prompt without any token cannot be answered");
    return new TokenSequence(ids, new int[ids.length], new float[ids.length]);
  }
}
