package org.seal4j.lora.serving;

import java.time.Duration;
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

  private final DecodingOptions options;
  private final int context;
  private final Worker worker;
  private final AdapterSlots slots;
  private final AdapterSums sums;
  private final ContinuousBatch batch;
  private final DecodingScheduler requests;
  private final ExecutorService senders;
  private final Thread thread;

  private BatchedDecoding(ServedModel model, DecodingOptions options) {
    this.options = options;
    context = model.context();
    worker = new Worker(model.engine(), model.threads());
    slots =
        new AdapterSlots(
            model.weights(), model.frozen(), options.adapterSlots(), options.maxRank());
    sums = new AdapterSums(model.weights().config());
    batch = new ContinuousBatch(model.weights(), slots, worker, options.batch());
    requests = new DecodingScheduler(batch, slots, options);
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
    TokenOutbox outbox = new TokenOutbox(sink, options.maxUnsent(), senders, requests::wake);
    DecodingJob job = new DecodingJob(prompt, config, adapter, outbox);
    requests.add(request.priorityKey(), job);
    return () -> requests.cancel(request.priorityKey(), job);
  }

  private void decode() {
    try {
      while (requests.goesOn()) {
        boolean held = requests.endAndHold();
        requests.admit();
        if (batch.hasWork()) {
          batch.step();
          requests.endAndHold();
        } else {
          requests.await(held);
        }
      }
      requests.endAll(new CancellationException("the service was stopped"), null);
    } catch (Throwable e) { // what is thrown here must reach those who wait
      requests.endAll(new IllegalStateException("decoding has stopped", e), e);
    }
  }

  @Override
  public DecodingState state() {
    return requests.state();
  }

  @Override
  public boolean drain(Duration limit) throws InterruptedException {
    return requests.drain(limit);
  }

  @Override
  public void close() {
    requests.stop();
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
