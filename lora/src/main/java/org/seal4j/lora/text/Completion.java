package org.seal4j.lora.text;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.plan.Worker;

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
 */
@SuppressWarnings("ArrayRecordComponent") // data for the caller; identity is never compared
public record Completion(
    String prompt, String text, String reason, int promptTokens, int[] tokens, double meanLogProb) {
  private static final GeneratorOptions OPTIONS = new GeneratorOptions(1, 64);

  /**
   * How it is asked for.
   *
   * @param sampling how a token is chosen
   * @param maxTokens most tokens; less where the model's context ends before
   * @param stops texts and special tokens, as they are spelled, that end the answer
   * @param seed of the choice
   */
  public record Request(Sampling sampling, int maxTokens, List<String> stops, long seed) {
    public Request {
      Checks.require(maxTokens >= 1, "--max-tokens must be at least 1 but was %d", maxTokens);
      Checks.require(stops.stream().noneMatch(String::isEmpty), "--stop must not be an empty text");
      stops = List.copyOf(stops);
    }
  }

  /**
   * Continues a text.
   *
   * @param sink hears the text as it is written
   */
  public static Completion of(
      TextModel model, String prompt, Request request, Consumer<String> sink) {
    int[] ids = model.encode(prompt);
    Checks.require(
        ids.length >= 1,
        "the prompt is empty and the tokenizer has no token that starts a text; write a prompt");
    int room = model.folder().context() - ids.length;
    Checks.require(
        room >= 1,
        "the prompt has %d tokens but the model reads at most %d; shorten it",
        ids.length,
        model.folder().context());
    Stops stops = Stops.of(model.tokenizer(), request.stops());
    TextStream stream = new TextStream(model.tokenizer(), ids, stops.texts(), sink);
    int[] ends =
        Stream.concat(model.endTokens().stream(), stops.tokens().stream())
            .mapToInt(Integer::intValue)
            .toArray();
    StopRule stop =
        StopRule.after(Math.min(room, request.maxTokens()))
            .orAt(ends)
            .orWhen(tokens -> stream.accept(tokens[tokens.length - 1]));
    TokenSequence tokens = new TokenSequence(ids, new int[ids.length], new float[ids.length]);
    Seeds seeds = Seeds.of(request.seed()).child("generate");
    try (Worker worker = new Worker();
        Generator generator =
            new Generator(model.folder().weights(), model.linears(), worker, OPTIONS)) {
      Generation made =
          generator
              .generate(
                  List.of(Prompt.of(tokens, seeds)), new GenerationConfig(request.sampling(), stop))
              .get(0);
      stream.end();
      return new Completion(
          prompt,
          stream.text(),
          reason(made, stops),
          ids.length,
          made.tokens(),
          made.modelLogProb() / made.tokens().length);
    }
  }

  private static String reason(Generation made, Stops stops) {
    int last = made.tokens()[made.tokens().length - 1];
    return switch (made.reason()) {
      case TOKEN -> stops.tokens().contains(last) ? "stop" : "end";
      case CONDITION -> "stop";
      case LENGTH -> made.reason().name().toLowerCase(Locale.ROOT);
    };
  }
}
