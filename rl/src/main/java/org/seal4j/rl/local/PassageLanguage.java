package org.seal4j.rl.local;

import java.util.Arrays;
import java.util.OptionalInt;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.run.Checks;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.text.Tokenizer;

/**
 * How passages, self-edits, questions and answers become tokens. A sequence begins with the
 * tokenizer's beginning token where it has one.
 *
 * @param tokenizer of the model
 * @param editPrompt what the policy goes on from; {@code {title}} and {@code {context}} are filled
 *     in
 * @param questionPrompt what an answer goes on from; {@code {title}} and {@code {question}} are
 *     filled in, the passage is not there
 * @param maxTokens longest sequence; longer documents lose their end (SEAL: 2048)
 */
public record PassageLanguage(
    Tokenizer tokenizer, String editPrompt, String questionPrompt, int maxTokens) {
  public PassageLanguage {
    Checks.require(
        editPrompt.contains("{context}"),
        "the prompt for self-edits must contain {context} but is '%s'",
        editPrompt);
    Checks.require(
        questionPrompt.contains("{question}"),
        "the prompt for questions must contain {question} but is '%s'",
        questionPrompt);
    Checks.require(maxTokens >= 8, "maxTokens must be >= 8 but was %d", maxTokens);
  }

  /** What the policy reads before it writes a self-edit. */
  TokenSequence editPrompt(Passage passage) {
    String text =
        editPrompt.replace("{title}", passage.title()).replace("{context}", passage.context());
    return unweighted(opened(tokenizer.encode(text)));
  }

  /** A prompt and the self-edit behind it, with loss on the self-edit and the end. */
  TokenSequence editExample(Passage passage, String completion, double weight) {
    return continued(editPrompt(passage).ids(), tokenizer.encode(completion), weight);
  }

  /** A training text, with loss on all its tokens and the end. */
  public TokenSequence document(String text) {
    return continued(opened(new int[0]), tokenizer.encode(text), 1);
  }

  /** What an answer goes on from. */
  TokenSequence questionPrompt(Passage passage, Question question) {
    return unweighted(opened(tokenizer.encode(asked(passage, question))));
  }

  /** The prompt and the gold answer behind it, with loss on the answer and the end. */
  TokenSequence gold(Passage passage, Question question) {
    int[] prompt = opened(tokenizer.encode(asked(passage, question)));
    return continued(prompt, tokenizer.encode(question.gold()), 1);
  }

  private String asked(Passage passage, Question question) {
    return questionPrompt
        .replace("{title}", passage.title())
        .replace("{question}", question.text());
  }

  /** The text of what was written, without its end. */
  String text(int[] ids) {
    return tokenizer.decode(ids);
  }

  /** The token that ends a text. */
  int end() {
    OptionalInt eos = tokenizer.eos();
    Checks.require(eos.isPresent(), "the tokenizer has no token that ends a text (eos)");
    return eos.getAsInt();
  }

  /** Prompt, continuation, end; weight on what follows the prompt. Too long ones are cut. */
  private TokenSequence continued(int[] prompt, int[] continuation, double weight) {
    int length = Math.min(prompt.length + continuation.length + 1, maxTokens);
    int[] ids = Arrays.copyOf(prompt, prompt.length + continuation.length + 1);
    System.arraycopy(continuation, 0, ids, prompt.length, continuation.length);
    ids[ids.length - 1] = end();
    float[] weights = new float[length];
    Arrays.fill(weights, Math.min(prompt.length, length), length, (float) weight);
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
