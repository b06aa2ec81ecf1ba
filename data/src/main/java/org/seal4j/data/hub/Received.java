package org.seal4j.data.hub;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.InputException;

/** The body of an answer, handed on as it comes; one that is refused is broken off. */
final class Received implements HttpResponse.BodySubscriber<Long> {
  private final CompletableFuture<Long> body = new CompletableFuture<>();
  private final Sink sink;
  private final AtomicLong moved;
  private Flow.@Nullable Subscription subscription;
  private long bytes;

  /** Takes a body part by part. */
  @FunctionalInterface
  interface Sink {
    /** The answer begins, and is one of success. */
    default void begin(HttpResponse.ResponseInfo head) {}

    /**
     * Takes the next part.
     *
     * @throws InputException where no more is wanted
     */
    void take(ByteBuffer part);
  }

  /**
   * @param moved counts parts, so that a line that fell silent is noticed
   */
  Received(Sink sink, AtomicLong moved) {
    this.sink = sink;
    this.moved = moved;
  }

  @Override
  public CompletionStage<Long> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    if (body.isDone()) {
      return;
    }
    try {
      for (ByteBuffer part : parts) {
        bytes += part.remaining();
        sink.take(part);
      }
      moved.incrementAndGet();
      ask(1);
    } catch (RuntimeException e) {
      ask(0);
      body.completeExceptionally(e);
    }
  }

  private void ask(int more) {
    Flow.Subscription given = subscription;
    if (given != null && more > 0) {
      given.request(more);
    } else if (given != null) {
      given.cancel();
    }
  }

  @Override
  public void onError(Throwable problem) {
    body.completeExceptionally(problem);
  }

  @Override
  public void onComplete() {
    body.complete(bytes);
  }
}
