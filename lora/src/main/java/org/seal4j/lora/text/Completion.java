package org.seal4j.lora.text;

import java.util.List;
import java.util.function.Consumer;
import org.seal4j.data.check.Checks;
import org.seal4j.model.generate.ChosenToken;
import org.seal4j.model.generate.Sampling;

/**
 * One text that a model wrote.
 *
 * @param prompt what it was to continue
 * @param text the continuation, without a stop text
 * @param reason {@code end} (the model ended it), {@code stop} (a stop text or token), {@code
 *     length}
 * @param promptTokens tokens read
 * @param tokens ids written, the one that ended the text included
 * @param meanLogProb mean logarithm of their probabilities under the model
 * @param chosen the same tokens one by one, with the likeliest ones that were asked for
 */
@SuppressWarnings("ArrayRecordComponent") // data for the caller; identity is never compared
public record Completion(
    String prompt,
    String text,
    String reason,
    int promptTokens,
    int[] tokens,
    double meanLogProb,
    List<ChosenToken> chosen) {
  /**
   * How it is asked for.
   *
   * @param sampling how a token is chosen
   * @param maxTokens most tokens; less where the model's context ends before
   * @param stops texts and special tokens, as they are spelled, that end the answer
   * @param seed of the choice
   * @param likeliest how many of the likeliest tokens are told at each place; 0 for none
   */
  public record Request(
      Sampling sampling, int maxTokens, List<String> stops, long seed, int likeliest) {
    public Request {
      Checks.require(maxTokens >= 1, "--max-tokens must be at least 1 but was %d", maxTokens);
      Checks.require(stops.stream().noneMatch(String::isEmpty), "--stop must not be an empty text");
      stops = List.copyOf(stops);
    }

    /** Tells the chosen tokens alone. */
    public Request(Sampling sampling, int maxTokens, List<String> stops, long seed) {
      this(sampling, maxTokens, stops, seed, 0);
    }

    /** The same with so many of the likeliest tokens at each place. */
    public Request withLikeliest(int count) {
      return new Request(sampling, maxTokens, stops, seed, count);
    }
  }

  /**
   * Continues a text.
   *
   * @param sink hears the text as it is written, in whole characters
   */
  public static Completion of(
      TextModel model, String prompt, Request request, Consumer<String> sink) {
    int[] ids = model.encode(prompt);
    Checks.require(
        ids.length >= 1,
        "the prompt is empty and the tokenizer has no token that starts a text; write a prompt");
    try (TextWriter writer = new TextWriter(model)) {
      return writer.write(new TextWriter.Start(prompt, ids, model.endTokens()), request, sink);
    }
  }
}
