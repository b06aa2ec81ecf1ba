package org.seal4j.serve.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.SoftTargets;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Prompt;

/**
 * Writes one text after the other, each as {@code seal generate} writes it. Where the likeliest
 * tokens are asked for, all tokens are told at the end.
 */
public final class OneByOne implements DecodingService {
  private final Object lock = new Object();
  private final FairQueue<Task> queue = new FairQueue<>();
  private final int mostWaiting;
  private final Thread thread;
  private @Nullable Task running;
  private long written;
  private boolean closing;

  /** A request that was taken. */
  private static final class Task implements Ticket {
    final TextRequest request;
    final TokenSink sink;
    volatile boolean cancelled;

    Task(TextRequest request, TokenSink sink) {
      this.request = request;
      this.sink = sink;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  /**
   * @param model stays open as long as this; the caller closes it
   * @param mostWaiting requests that wait at most
   */
  public OneByOne(TextModel model, int mostWaiting) {
    this.mostWaiting = mostWaiting;
    thread = new Thread(() -> work(model), "seal-decoding");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Ticket submit(TextRequest request, TokenSink sink) throws BusyException {
    Task task = new Task(request, sink);
    synchronized (lock) {
      Checks.require(!closing, "the server is stopping");
      if (queue.size() >= mostWaiting) {
        throw new BusyException(
            "%d requests wait already; try again later".formatted(queue.size()));
      }
      queue.add(request.priorityKey(), task);
      lock.notifyAll();
    }
    return task;
  }

  @Override
  public DecodingState state() {
    synchronized (lock) {
      return new DecodingState(running == null ? 0 : 1, queue.size(), written, 0);
    }
  }

  private void work(TextModel model) {
    try (AdapterGenerators generators = new AdapterGenerators(model)) {
      for (Task task = next(); task != null; task = next()) {
        try {
          write(task, generators);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
          task.sink.failed(
              e instanceof RuntimeException fault ? fault : new IllegalStateException(e));
        }
      }
    }
  }

  private @Nullable Task next() {
    synchronized (lock) {
      running = null;
      try {
        while (queue.size() == 0 && !closing) {
          lock.wait();
        }
      } catch (InterruptedException e) {
        return null;
      }
      running = closing ? null : queue.next();
      return running;
    }
  }

  private void write(Task task, AdapterGenerators generators) {
    requireWanted(task);
    TextRequest request = task.request;
    int[] ids = request.prompt();
    TokenSequence tokens = new TokenSequence(ids, new int[ids.length], new float[ids.length]);
    Prompt prompt = Prompt.of(tokens, Seeds.of(request.seed()).child("generate"));
    boolean told = request.likeliest() > 0;
    Generation made =
        generators
            .of(request.adapters())
            .generate(
                List.of(prompt),
                new GenerationConfig(
                    request.sampling(),
                    request.stop().orWhen(any -> task.cancelled),
                    request.likeliest()),
                (index, place, token) -> {
                  if (!told) {
                    task.sink.token(token, Double.NaN, List.of());
                  }
                  synchronized (lock) {
                    written++;
                  }
                })
            .get(0);
    requireWanted(task);
    if (told) {
      tell(made, task.sink);
    }
    task.sink.ended(made.reason());
  }

  private static void requireWanted(Task task) {
    if (task.cancelled) {
      throw new CancellationException("the request was cancelled");
    }
  }

  private static void tell(Generation made, TokenSink sink) {
    SoftTargets all = Checks.present(made.likeliest(), "the likeliest tokens are missing");
    for (int i = 0; i < made.tokens().length; i++) {
      List<TokenShare> at = new ArrayList<>();
      for (int k = i * all.width(); k < (i + 1) * all.width(); k++) {
        at.add(new TokenShare(all.ids()[k], StrictMath.log(all.probabilities()[k])));
      }
      sink.token(made.tokens()[i], made.modelLogProbs()[i], at);
    }
  }

  @Override
  public void close() {
    List<Task> left;
    synchronized (lock) {
      closing = true;
      left = queue.drain();
      if (running != null) {
        running.cancel();
      }
      lock.notifyAll();
    }
    left.forEach(task -> task.sink.failed(new CancellationException("the server is stopping")));
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
