package org.seal4j.lora.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.FrozenWeights;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.ContinuousBatch;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.RowBank;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Worker;

/**
 * Answers all requests in one {@link ContinuousBatch}, on a thread of its own that owns the worker,
 * the cache and the places of adapters.
 *
 * <pre>{@code
 * try (TextModel model = TextModel.open(path, null, null);
 *     DecodingService service = BatchedDecoding.open(model, DecodingOptions.defaults())) {
 *   ServedAdapter law = ServedAdapter.of(hash, bank);
 *   StopRule stop = StopRule.after(200).orAt(ends);
 *   TextRequest request =
 *       new TextRequest(
 *           ids, List.of(WeightedAdapter.of(law)), Sampling.at(0.8), stop, 1, 0, caller);
 *   Ticket ticket = service.submit(request, sink);
 * }
 * }</pre>
 *
 * <p>Callers take turns at the places of the batch. The one whose turn it is waits for a row, for
 * room in the cache and for a place for its adapter, and nobody overtakes it, so that none waits
 * for ever.
 */
public final class BatchedDecoding implements DecodingService {
  /**
   * What answers.
   *
   * @param frozen copies of the weights that tokens are written with; null for the weights
   * @param context tokens of the longest text
   */
  record ServedModel(
      Weights weights, @Nullable FrozenWeights frozen, Engine engine, int context, int threads) {}

  private static final long GLANCE = 50;

  private final DecodingOptions options;
  private final int context;
  private final Worker worker;
  private final AdapterSlots slots;
  private final AdapterSums sums;
  private final ContinuousBatch batch;
  private final ExecutorService senders;
  private final Thread thread;

  /** Guards what follows. */
  private final Object lock = new Object();

  private final FairQueue<DecodingJob> waiting = new FairQueue<>();
  private final List<DecodingJob> running = new ArrayList<>();
  private boolean news;
  private boolean taking = true;
  private boolean stopping;
  private @Nullable Throwable dead;
  private DecodingCounts counts = DecodingCounts.NONE;

  private BatchedDecoding(ServedModel model, DecodingOptions options) {
    this.options = options;
    context = model.context();
    worker = new Worker(model.engine(), model.threads());
    slots =
        new AdapterSlots(
            model.weights(), model.frozen(), options.adapterSlots(), options.maxRank());
    sums = new AdapterSums(model.weights().config());
    batch = new ContinuousBatch(model.weights(), slots, worker, options.batch());
    senders =
        Executors.newCachedThreadPool(
            task -> {
              Thread sender = new Thread(task, "seal-tokens");
              sender.setDaemon(true);
              return sender;
            });
    thread = new Thread(this::decode, "seal-decoding");
    thread.setDaemon(true);
  }

  /**
   * A service that is running.
   *
   * @param model without an adapter; it stays open as long as the service, the caller closes it
   */
  public static BatchedDecoding open(TextModel model, DecodingOptions options) {
    return open(
        new ServedModel(
            model.folder().weights(),
            model.frozen().orElse(null),
            model.engine(),
            model.context(),
            model.threads()),
        options);
  }

  /** The same over weights. */
  static BatchedDecoding open(ServedModel model, DecodingOptions options) {
    BatchedDecoding service = new BatchedDecoding(model, options);
    service.thread.start();
    return service;
  }

  @Override
  public Ticket submit(TextRequest request, TokenSink sink) throws BusyException {
    int[] ids = request.prompt().clone();
    Checks.require(
        ids.length < context,
        "the prompt has %d tokens but the model reads at most %d; shorten it",
        ids.length,
        context);
    Prompt prompt =
        Prompt.of(
                new TokenSequence(ids, new int[ids.length], new float[ids.length]),
                Seeds.of(request.seed()).child("generate"))
            .withMask(request.mask());
    StopRule asked = request.stop();
    int most = Math.min(context - ids.length, asked.maxNewTokens());
    StopRule stop = new StopRule(most, asked.tokens(), asked.custom());
    GenerationConfig config = new GenerationConfig(request.sampling(), stop, request.likeliest());
    batch.requireFits(prompt, config);
    request.adapters().forEach(weighted -> slots.requireFits(weighted.adapter()));
    ServedAdapter adapter = sums.of(request.adapters());
    if (adapter != null) {
      slots.requireFits(adapter);
    }
    TokenOutbox outbox = new TokenOutbox(sink, options.maxUnsent(), senders, this::wake);
    DecodingJob job = new DecodingJob(prompt, config, adapter, outbox);
    add(request.priorityKey(), job);
    return () -> cancel(request.priorityKey(), job);
  }

  private void add(int caller, DecodingJob job) throws BusyException {
    synchronized (lock) {
      if (dead != null) {
        throw new IllegalStateException("decoding has stopped", dead);
      }
      if (!taking) {
        throw new BusyException("the service ends and takes no more requests");
      }
      if (waiting.size() >= options.maxWaiting() && !startsAtOnce()) {
        throw new BusyException("%d requests wait already".formatted(waiting.size()));
      }
      waiting.add(caller, job);
      wake();
    }
  }

  /** Whether a request would not have to wait: a service without a queue answers still. */
  private boolean startsAtOnce() {
    return waiting.size() + running.size() < options.maxRows();
  }

  private void cancel(int caller, DecodingJob job) {
    synchronized (lock) {
      job.giveUp();
      if (waiting.remove(caller, job)) {
        counts = counts.ended(DecodingJob.Outcome.CANCELLED);
      }
      wake();
    }
  }

  private void wake() {
    synchronized (lock) {
      news = true;
      lock.notifyAll();
    }
  }

  private void decode() {
    try {
      while (goesOn()) {
        boolean held = endAndHold();
        admit();
        if (batch.hasWork()) {
          batch.step();
          endAndHold();
        } else {
          await(held);
        }
      }
      endAll(new CancellationException("the service was stopped"), null);
    } catch (Throwable e) { // what is thrown here must reach those who wait
      endAll(new IllegalStateException("decoding has stopped", e), e);
    }
  }

  private boolean goesOn() {
    synchronized (lock) {
      news = false;
      return !stopping;
    }
  }

  /** Waits for something new to happen; a glance at the clock where sinks are behind. */
  private void await(boolean held) throws InterruptedException {
    synchronized (lock) {
      while (!news && !stopping) {
        lock.wait(held ? GLANCE : 0);
        if (held) {
          return;
        }
      }
    }
  }

  /** Takes out who has ended, and holds who cannot go on; tells whether there are such. */
  private boolean endAndHold() {
    boolean held = false;
    long now = System.nanoTime();
    synchronized (lock) {
      for (DecodingJob job : List.copyOf(running)) {
        boolean behind = job.outcome() == null && job.isBehind(now, options.stall().toNanos());
        job.endIfGivenUp();
        Checks.present(job.row(), "a request runs without a row").hold(behind);
        if (job.outcome() != null) {
          end(job);
        } else {
          held |= behind;
        }
      }
      counts = counts.of(batch);
    }
    return held;
  }

  private void end(DecodingJob job) {
    if (job.row() != null) {
      batch.leave(job.row());
    }
    if (job.place() != RowBank.NONE) {
      slots.release(job.place());
    }
    running.remove(job);
    counts = counts.ended(Checks.present(job.outcome(), "a request that goes on was ended"));
    lock.notifyAll();
  }

  /** Lets in whose turn it is, as long as there is room. */
  private void admit() {
    synchronized (lock) {
      for (DecodingJob job = waiting.peek(); job != null; job = waiting.peek()) {
        if (!batch.hasRoom(job.prompt(), job.config())) {
          return;
        }
        int place = RowBank.NONE;
        ServedAdapter adapter = job.adapter();
        try {
          if (adapter != null) {
            OptionalInt taken = slots.take(adapter);
            if (taken.isEmpty()) {
              return;
            }
            place = taken.getAsInt();
          }
          waiting.take();
          running.add(job);
          job.joined(batch.join(job.request(place), job));
        } catch (RuntimeException e) {
          refuse(job, e);
        }
      }
    }
  }

  /** A request that cannot be let in fails alone. */
  private void refuse(DecodingJob job, RuntimeException e) {
    if (!running.contains(job)) {
      waiting.take();
    }
    job.failed(e);
    end(job);
  }

  private void endAll(RuntimeException why, @Nullable Throwable cause) {
    synchronized (lock) {
      taking = false;
      dead = cause;
      while (waiting.size() > 0) {
        DecodingJob job = waiting.take();
        job.failed(why);
        counts = counts.ended(DecodingJob.Outcome.FAILED);
      }
      for (DecodingJob job : List.copyOf(running)) {
        job.failed(why);
        end(job);
      }
      lock.notifyAll();
    }
  }

  @Override
  public DecodingState state() {
    synchronized (lock) {
      return counts.state(running.size(), waiting.size(), slots);
    }
  }

  @Override
  public boolean drain(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    synchronized (lock) {
      taking = false;
      while (waiting.size() + running.size() > 0) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        lock.wait(left);
      }
    }
    return true;
  }

  @Override
  public void close() {
    synchronized (lock) {
      stopping = true;
      taking = false;
      lock.notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    senders.shutdown();
    batch.close();
    slots.close();
    worker.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
