package org.seal4j.serve.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.lora.serving.Ticket;
import org.seal4j.lora.serving.TokenSink;
import org.seal4j.lora.text.TextStream;
import org.seal4j.model.generate.StopReason;
import org.seal4j.model.generate.TokenShare;
import org.seal4j.serve.http.ApiException;
import org.seal4j.serve.protocol.TokenProbability;

/**
 * One answer while it is written. The engine puts in what it writes, and waits for nobody; the
 * thread of the request takes it out. What waits is bounded by the longest answer.
 */
public final class RunningAnswer implements TokenSink, AutoCloseable {
  private final Tokenizer tokenizer;
  private final Set<Integer> ends;
  private final int told;
  private final TextStream stream;
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /** Text that is there, which is told behind the token that completes it. */
  private final Queue<Piece> pieces = new ConcurrentLinkedQueue<>();

  /** Tokens that the text has; counted by the thread that decodes. */
  private int read;

  private volatile @Nullable Ticket ticket;

  /** Tokens that were told; counted by the thread that hands them on. */
  private final AtomicInteger written = new AtomicInteger();

  /**
   * A piece of the text.
   *
   * @param tokens of the text up to it
   */
  private record Piece(int tokens, String text) {}

  /** What happened. */
  public sealed interface Event {}

  /** A piece of the text, in whole characters. */
  public record Text(String text) implements Event {}

  /** A token with its probabilities. */
  public record Token(TokenProbability token) implements Event {}

  /** The text is over. */
  public record Over(StopReason reason, int tokens) implements Event {}

  /** There will be no more of it. */
  public record Fault(RuntimeException fault) implements Event {}

  /**
   * @param prompt what stands before the answer
   * @param stops texts that end it
   * @param ends tokens that end it, which are no part of it
   * @param told how many of the likeliest tokens are told beside each; below 0 for nothing
   */
  RunningAnswer(
      Tokenizer tokenizer, int[] prompt, List<String> stops, Set<Integer> ends, int told) {
    this.tokenizer = tokenizer;
    this.ends = ends;
    this.told = told;
    stream = new TextStream(tokenizer, prompt, stops, this::piece);
  }

  private void piece(String text) {
    pieces.add(new Piece(read, text));
  }

  /** Whether the text has met one of its stops with this token. */
  boolean meets(int token) {
    read++;
    return stream.accept(token);
  }

  /** The engine has taken it. */
  RunningAnswer taken(Ticket by) {
    ticket = by;
    return this;
  }

  @Override
  public void token(int id, double logProbability, List<TokenShare> likeliest) {
    int now = written.incrementAndGet();
    if (told >= 0 && !ends.contains(id)) {
      List<TokenProbability> beside = new ArrayList<>();
      for (TokenShare share : likeliest.subList(0, Math.min(told, likeliest.size()))) {
        // The token's own is summed in another order: there it is one number.
        double shown = share.id() == id ? logProbability : share.logProb();
        beside.add(new TokenProbability(text(share.id()), shown, List.of()));
      }
      events.add(new Token(new TokenProbability(text(id), logProbability, beside)));
    }
    tell(now);
  }

  private void tell(int tokens) {
    for (Piece next = pieces.peek(); next != null && next.tokens <= tokens; next = pieces.peek()) {
      pieces.remove();
      events.add(new Text(next.text));
    }
  }

  private String text(int id) {
    return tokenizer.decode(new int[] {id});
  }

  @Override
  public void ended(StopReason reason) {
    stream.end();
    tell(Integer.MAX_VALUE);
    events.add(new Over(reason, written.get()));
  }

  @Override
  public void failed(RuntimeException fault) {
    events.add(new Fault(fault));
  }

  /**
   * The next event; null where none came in this time.
   *
   * @throws ApiException where the thread is interrupted, since the server ends
   */
  public @Nullable Event next(long milliseconds) {
    try {
      return events.poll(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.stopping();
    }
  }

  /** Tokens that are written so far. */
  public int written() {
    return written.get();
  }

  /** Ends it for another than its reader, who gets what is written as if its length were over. */
  public void stop() {
    close();
    events.add(new Over(StopReason.LENGTH, written.get()));
  }

  /** Nobody wants more of it. */
  @Override
  public void close() {
    Ticket by = ticket;
    if (by != null) {
      by.cancel();
    }
  }
}
