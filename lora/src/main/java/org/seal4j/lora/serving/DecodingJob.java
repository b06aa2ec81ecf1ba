package org.seal4j.lora.serving;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.seal4j.model.generate.BatchRow;
import org.seal4j.model.generate.ChosenToken;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.RowBank;
import org.seal4j.model.generate.RowListener;
import org.seal4j.model.generate.RowRequest;
import org.seal4j.model.generate.StopReason;

/** One request of a {@link BatchedDecoding}, from when it waits until it has ended. */
final class DecodingJob implements RowListener {
  private final Prompt prompt;
  private final GenerationConfig config;
  private final @Nullable ServedAdapter adapter;
  private final TokenOutbox outbox;

  /** Set by any thread; the thread that decodes looks at it before every step. */
  private volatile boolean givenUp;

  private int place = RowBank.NONE;
  private @Nullable BatchRow row;
  private @Nullable Outcome outcome;

  /** When its sink was first found too far behind; 0 where it is not. */
  private long behindSince;

  /** How a request ended. */
  enum Outcome {
    FINISHED,
    CANCELLED,
    FAILED
  }

  /**
   * @param adapter that answers; null for the model itself
   */
  DecodingJob(
      Prompt prompt, GenerationConfig config, @Nullable ServedAdapter adapter, TokenOutbox outbox) {
    this.prompt = prompt;
    this.config = config;
    this.adapter = adapter;
    this.outbox = outbox;
  }

  Prompt prompt() {
    return prompt;
  }

  GenerationConfig config() {
    return config;
  }

  @Nullable ServedAdapter adapter() {
    return adapter;
  }

  TokenOutbox outbox() {
    return outbox;
  }

  /** The place of its adapter while it runs. */
  int place() {
    return place;
  }

  @Nullable BatchRow row() {
    return row;
  }

  /** How it ended; null while it goes on. */
  @Nullable Outcome outcome() {
    return outcome;
  }

  /** As it joins a batch. */
  RowRequest request(int at) {
    place = at;
    return new RowRequest(prompt, config, at, adapter == null ? "" : adapter.hash());
  }

  void joined(BatchRow joined) {
    row = joined;
  }

  void giveUp() {
    givenUp = true;
    outbox.drop();
  }

  /** Ends it where its caller or its sink has given it up. */
  void endIfGivenUp() {
    if (outcome != null) {
      return;
    }
    if (givenUp) {
      outcome = Outcome.CANCELLED;
    } else if (outbox.broken() != null) {
      outcome = Outcome.FAILED;
    }
  }

  /**
   * Whether its sink is too far behind for another token; it fails where that lasts too long.
   *
   * @param now nanoseconds of a clock
   * @param most nanoseconds that it may last
   */
  boolean isBehind(long now, long most) {
    if (!outbox.isFull()) {
      behindSince = 0;
      return false;
    }
    if (behindSince == 0) {
      behindSince = now == 0 ? 1 : now;
    }
    if (now - behindSince >= most) {
      failed(
          new CancellationException(
              "the answer was not taken for %d seconds".formatted(most / 1_000_000_000)));
    }
    return true;
  }

  @Override
  public void written(ChosenToken token) {
    outbox.add(sink -> sink.token(token.id(), token.modelLogProb(), token.likeliest()));
  }

  @Override
  public void ended(StopReason reason) {
    outbox.add(sink -> sink.ended(reason));
    outcome = Outcome.FINISHED;
  }

  @Override
  public void failed(RuntimeException error) {
    outbox.addLast(sink -> sink.failed(error));
    outcome = Outcome.FAILED;
  }
}
