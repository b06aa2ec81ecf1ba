package org.seal4j.serve.answer;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.lora.serving.BusyException;
import org.seal4j.lora.serving.DecodingService;
import org.seal4j.lora.serving.TextRequest;
import org.seal4j.lora.text.ChatSession;
import org.seal4j.lora.text.JsonGrammar;
import org.seal4j.lora.text.Stops;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.generate.TokenMask;
import org.seal4j.serve.adapter.ChosenAdapters;
import org.seal4j.serve.http.ApiException;
import org.seal4j.serve.protocol.AnswerSettings;
import org.seal4j.serve.protocol.PromptText;

/** Turns questions into requests to the engine. Safe to use from several threads. */
public final class Answering {
  private final TextModel model;
  private final DecodingService engine;
  private final int usual;
  private final int longest;
  private final Seeds seeds;
  private final AtomicLong unseeded = new AtomicLong();
  private @Nullable JsonGrammar grammar;

  /** What is answered: its tokens, and which tokens end the answer. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Asked(int[] ids, Set<Integer> ends, String param) {}

  /** An answer that has begun. */
  public record Begun(RunningAnswer answer, int read, long seed) {}

  /**
   * @param usual tokens of an answer at most where a request names no number
   * @param longest tokens of an answer at most
   * @param seeds of requests that bring no seed, by their number
   */
  public Answering(TextModel model, DecodingService engine, int usual, int longest, Seeds seeds) {
    this.model = model;
    this.engine = engine;
    this.usual = usual;
    this.longest = longest;
    this.seeds = seeds;
  }

  /** A conversation, in the form of the adapter's chat template, else of the model's. */
  public Asked chat(List<ChatMessage> messages, ChosenAdapters adapters) {
    ChatEncoder encoder =
        adapters
            .chat()
            .or(model::chatIfAny)
            .orElseThrow(
                () ->
                    ApiException.badField(
                        "messages",
                        "this model has no chat template, so it does not converse; use"
                            + " /v1/completions"));
    try {
      return new Asked(encoder.encode(messages, ""), ChatSession.ends(model, encoder), "messages");
    } catch (InputException e) {
      throw ApiException.badField("messages", String.valueOf(e.getMessage()));
    }
  }

  /** A text that is continued. */
  public Asked text(PromptText prompt) {
    int[] ids = ids(prompt, "prompt");
    if (ids.length == 0) {
      throw ApiException.badField("prompt", "the prompt has no token; write a prompt");
    }
    return new Asked(ids, model.endTokens(), "prompt");
  }

  /**
   * The tokens of a text, behind the one that starts a text.
   *
   * @param param the field that it came in
   */
  public int[] ids(PromptText text, String param) {
    try {
      int[] ids = text.ids();
      return ids != null ? ids : model.encode(String.valueOf(text.text()));
    } catch (InputException e) {
      throw ApiException.badField(param, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Begins an answer.
   *
   * @param caller whose turn it takes
   */
  public Begun begin(Asked asked, AnswerSettings settings, ChosenAdapters adapters, int caller) {
    try {
      return submit(asked, settings, adapters, caller);
    } catch (BusyException e) {
      throw ApiException.busy(String.valueOf(e.getMessage()) + "; try again later", 1);
    } catch (InputException e) {
      throw ApiException.badField(asked.param(), String.valueOf(e.getMessage()));
    }
  }

  private Begun submit(Asked asked, AnswerSettings settings, ChosenAdapters adapters, int caller)
      throws BusyException {
    int read = asked.ids().length;
    if (read >= model.context()) {
      throw ApiException.badField(
              asked.param(),
              "the prompt has %d tokens but the model reads at most %d; shorten it"
                  .formatted(read, model.context()))
          .withCode("context_length_exceeded");
    }
    Stops stops = stops(settings.stops());
    Set<Integer> ends = new TreeSet<>(asked.ends());
    ends.addAll(stops.tokens());
    ends.addAll(stopIds(settings));
    RunningAnswer answer =
        new RunningAnswer(model.tokenizer(), asked.ids(), stops.texts(), ends, settings.logProbs());
    int most = Math.min(settings.maxTokens().orElse(usual), longest);
    StopRule rule =
        StopRule.after(Math.min(model.context() - read, most))
            .orAt(ends.stream().mapToInt(Integer::intValue).toArray())
            .orWhen(tokens -> answer.meets(tokens[tokens.length - 1]));
    Supplier<TokenMask> mask = () -> TokenMask.ANY;
    if (settings.json()) {
      JsonGrammar grammar = json();
      mask = grammar.mask();
      rule = rule.orWhen(grammar.closed());
    }
    long seed = settings.seed().orElseGet(this::seed);
    TextRequest request =
        new TextRequest(
            asked.ids(),
            adapters.adapters(),
            settings.sampling(),
            rule,
            seed,
            settings.logProbs() < 0 ? 0 : Math.max(1, settings.logProbs()),
            caller,
            mask);
    return new Begun(answer.taken(engine.submit(request, answer)), read, seed);
  }

  /** Made for the first that asks: the whole vocabulary is read for it. */
  private synchronized JsonGrammar json() {
    try {
      if (grammar == null) {
        grammar = JsonGrammar.over(model.tokenizer());
      }
      return grammar;
    } catch (InputException e) {
      throw ApiException.badField("response_format", String.valueOf(e.getMessage()));
    }
  }

  private long seed() {
    return seeds.child("request", unseeded.incrementAndGet()).value() & Integer.MAX_VALUE;
  }

  private Stops stops(List<String> texts) {
    try {
      return Stops.of(model.tokenizer(), texts);
    } catch (InputException e) {
      throw ApiException.badField("stop", String.valueOf(e.getMessage()).replace("--stop", "stop"));
    }
  }

  private List<Integer> stopIds(AnswerSettings settings) {
    int vocabulary = model.folder().config().vocabSize();
    if (settings.stopIds().stream().anyMatch(id -> id >= vocabulary)) {
      throw ApiException.badField(
          "stop_token_ids", "the ids of this model are below %d".formatted(vocabulary));
    }
    return settings.stopIds();
  }
}
