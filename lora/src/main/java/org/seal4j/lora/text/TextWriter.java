package org.seal4j.lora.text;

import java.util.Collection;
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
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.plan.Worker;

/**
 * Continues prompts of one model, one after the other. Its plans and its cache serve all of them:
 * what a prompt has in common with the one before it is not read again. Not thread-safe.
 */
final class TextWriter implements AutoCloseable {
  private static final GeneratorOptions OPTIONS = new GeneratorOptions(1, 64, true);

  private final TextModel model;
  private final Worker worker;
  private final Generator generator;

  /**
   * @param model stays open as long as this; the caller closes it
   */
  TextWriter(TextModel model) {
    this.model = model;
    worker = new Worker(model.engine(), model.threads());
    generator = new Generator(model.folder().weights(), model.linears(), worker, OPTIONS);
  }

  /**
   * What is to be continued.
   *
   * @param text of the prompt, as it comes back in the completion
   * @param ids of all that stands before the answer, at least one
   * @param ends ids that end the answer
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Start(String text, int[] ids, Collection<Integer> ends) {}

  /**
   * Continues a prompt.
   *
   * @param sink hears the text as it is written, in whole characters
   */
  Completion write(Start start, Completion.Request request, Consumer<String> sink) {
    int[] ids = start.ids();
    int context = model.context();
    Checks.require(
        ids.length < context,
        "the prompt has %d tokens but the model reads at most %d; shorten it",
        ids.length,
        context);
    Stops stops = Stops.of(model.tokenizer(), request.stops());
    TextStream stream = new TextStream(model.tokenizer(), ids, stops.texts(), sink);
    int[] ends =
        Stream.concat(start.ends().stream(), stops.tokens().stream())
            .mapToInt(Integer::intValue)
            .toArray();
    StopRule stop =
        StopRule.after(Math.min(context - ids.length, request.maxTokens()))
            .orAt(ends)
            .orWhen(tokens -> stream.accept(tokens[tokens.length - 1]));
    TokenSequence tokens = new TokenSequence(ids, new int[ids.length], new float[ids.length]);
    Seeds seeds = Seeds.of(request.seed()).child("generate");
    Generation made =
        generator
            .generate(
                List.of(Prompt.of(tokens, seeds)),
                new GenerationConfig(request.sampling(), stop, request.likeliest()))
            .get(0);
    stream.end();
    return new Completion(
        start.text(),
        stream.text(),
        reason(made, stops),
        ids.length,
        made.tokens(),
        made.modelLogProb() / made.tokens().length,
        made.chosen());
  }

  private static String reason(Generation made, Stops stops) {
    int last = made.tokens()[made.tokens().length - 1];
    return switch (made.reason()) {
      case TOKEN -> stops.tokens().contains(last) ? "stop" : "end";
      case CONDITION -> "stop";
      case LENGTH -> made.reason().name().toLowerCase(Locale.ROOT);
    };
  }

  @Override
  public void close() {
    generator.close();
    worker.close();
  }
}
