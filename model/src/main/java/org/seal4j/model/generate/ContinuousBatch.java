package org.seal4j.model.generate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Worker;

/**
 * A batch that requests join and leave between any two tokens (Yu et al. 2022, Orca: A Distributed
 * Serving System for Transformer-Based Generative Models).
 *
 * <p>A step reads a chunk of one prompt, in turn, and writes one token of every answer whose prompt
 * is read. An answer is, bit for bit, that of a {@link Generator} with the same chunk which answers
 * it alone: rows are read one by one and written by kernels that treat every row alike. What
 * prompts begin with is kept and not read again, which changes no bit either.
 *
 * <p>With the kernels of Seal4J alone. Not thread-safe: one per thread, with that thread's worker.
 */
public final class ContinuousBatch implements AutoCloseable {
  private static final int PLANS = 64;

  private final ModelConfig model;
  private final RowBank bank;
  private final ContinuousBatchOptions options;
  private final RowMemory memory;
  private final PrefixStore prefixes;
  private final RowPlan.Parts parts;
  private final PlanCache<RowPlan.Shape, RowPlan> plans;
  private final Deque<BatchRow> reading = new ArrayDeque<>();
  private final List<BatchRow> writing = new ArrayList<>();
  private final float[] logits;
  private long tokensRead;
  private long tokensReused;
  private long tokensWritten;

  /** An empty batch. */
  public ContinuousBatch(
      Weights weights, RowBank bank, Worker worker, ContinuousBatchOptions options) {
    Checks.require(
        worker.engine() == Engine.KERNELS,
        "requests that come and go are answered by the kernels of Seal4J alone, but the engine is"
            + " %s; use the engine kernels",
        worker.engine());
    this.model = weights.config();
    this.bank = bank;
    this.options = options;
    memory = new RowMemory(model, options.cacheTokens());
    prefixes = new PrefixStore(options.prefillChunk(), options.prefixBytes() / Float.BYTES);
    parts = new RowPlan.Parts(weights, bank, memory, worker);
    plans =
        new PlanCache<>(
            PLANS,
            shape ->
                shape.rows() > 0
                    ? RowPlan.write(parts, shape.rows())
                    : RowPlan.read(parts, options.prefillChunk(), shape.kind()));
    logits = new float[model.vocabSize()];
  }

  /** Refuses what this batch can never answer; touches nothing that steps change. */
  public void requireFits(Prompt prompt, GenerationConfig config) {
    for (int stop : config.stop().tokens()) {
      model.requireToken("stop.tokens", stop, 0);
    }
    TokenSequence tokens = prompt.tokens();
    for (int i = 0; i < tokens.length(); i++) {
      if (!model.hasToken(tokens.ids()[i], tokens.positions()[i])) {
        String what = "token %s of the prompt".formatted(i);
        model.requireToken(what, tokens.ids()[i], tokens.positions()[i]);
      }
    }
    RowRequest request = new RowRequest(prompt, config, RowBank.NONE, "");
    long room = RowMemory.rounded(request.room(options.prefillChunk()));
    Checks.require(
        room <= memory.tokens(),
        "a prompt of %d tokens and an answer of up to %d take %d tokens in a cache of %d; shorten"
            + " the prompt, or ask for a shorter answer",
        tokens.length(),
        config.stop().maxNewTokens(),
        room,
        memory.tokens());
  }

  /** Whether a request can join now. */
  public boolean hasRoom(Prompt prompt, GenerationConfig config) {
    RowRequest request = new RowRequest(prompt, config, RowBank.NONE, "");
    return rows() < options.maxRows() && memory.hasRoom(room(request));
  }

  private int room(RowRequest request) {
    return Math.toIntExact(request.room(options.prefillChunk()));
  }

  /**
   * Takes a request in; there is room for it. What is known of its prompt is copied.
   *
   * @param listener hears what becomes of it
   */
  public BatchRow join(RowRequest request, RowListener listener) {
    requireFits(request.prompt(), request.config());
    plans.closeIf(shape -> shape.isStale(bank));
    Answer answer = new Answer(0, request.prompt(), model, request.config().likeliest());
    RowMemory.Region region = memory.take(room(request));
    if (region == null || rows() >= options.maxRows()) {
      throw new IllegalStateException("there is no room for another request");
    }
    BatchRow row = new BatchRow(request, answer, region, listener);
    TokenSequence prompt = request.prompt().tokens();
    prefixes.known(request.reader(), prompt).forEach(block -> reuse(row, block));
    (row.isReading() ? reading : writing).add(row);
    return row;
  }

  /** Takes a request out, answered or not; one that has left already stays out. */
  public void leave(BatchRow row) {
    if (!row.isGone()) {
      row.leave();
      memory.free(row.region());
      reading.remove(row);
      writing.remove(row);
    }
  }

  /** Reads a chunk of one prompt, and writes one token of every answer that is begun. */
  public void step() {
    readOne();
    writeAll();
  }

  /** Whether a step would do anything. */
  public boolean hasWork() {
    return reading.stream().anyMatch(BatchRow::runs) || writing.stream().anyMatch(BatchRow::runs);
  }

  private void readOne() {
    for (int i = reading.size(); i > 0; i--) {
      BatchRow row = reading.remove();
      if (!row.runs()) {
        reading.add(row);
        continue;
      }
      try {
        read(row);
      } catch (InputException e) { // such as no memory for the row's adapter
        leave(row);
        row.listener().failed(e);
        return;
      }
      if (row.isReading()) {
        reading.add(row);
      } else {
        writing.add(row);
      }
      return;
    }
  }

  /** Copies what others have read in the meantime, then reads a chunk. */
  private void read(BatchRow row) {
    RowRequest request = row.request();
    TokenSequence prompt = request.prompt().tokens();
    while (row.kept && row.isReading()) {
      PrefixStore.Block known = prefixes.next(request.reader(), row.last, prompt, row.read);
      if (known == null) {
        break;
      }
      reuse(row, known);
    }
    if (!row.isReading()) {
      return;
    }
    int chunk = options.prefillChunk();
    int from = row.read;
    int length = Math.min(chunk, request.cached() - from);
    RowPlan plan = plans.get(RowPlan.Shape.read(bank, request.adapter()));
    bank.beforeReading(request.adapter());
    plan.row(0, row.region(), from, request.adapter());
    for (int i = 0; i < chunk; i++) {
      boolean real = i < length;
      plan.token(0, i, real ? prompt.ids()[from + i] : 0, real ? prompt.positions()[from + i] : 0);
    }
    plan.run();
    row.read += length;
    tokensRead += length;
    keep(row, from, length);
  }

  private void keep(BatchRow row, int from, int length) {
    if (row.kept && prefixes.keeps(memory.copied(length))) {
      TokenSequence prompt = row.request().prompt().tokens();
      float[] copy = memory.copy(row.region(), from, length);
      row.last = prefixes.keep(row.request().reader(), row.last, prompt, from, copy);
      row.kept = row.last != null;
    } else {
      row.kept = false;
    }
  }

  private void reuse(BatchRow row, PrefixStore.Block block) {
    memory.put(row.region(), row.read, block.numbers());
    int length = Math.toIntExact(block.numbers().length / memory.copied(1));
    row.read += length;
    row.last = block;
    tokensReused += length;
  }

  private void writeAll() {
    List<BatchRow> rows = writing.stream().filter(BatchRow::runs).toList();
    if (rows.isEmpty()) {
      return;
    }
    int padded = RowCounts.rounded(rows.size());
    RowPlan plan = plans.get(RowPlan.Shape.write(bank, padded));
    for (int r = 0; r < padded; r++) {
      if (r < rows.size()) {
        BatchRow row = rows.get(r);
        plan.row(r, row.region(), row.answer().cached(), row.request().adapter());
        plan.token(r, 0, row.answer().lastToken(), row.answer().lastPosition());
      } else {
        plan.row(r, memory.idle(), 0, RowBank.NONE);
        plan.token(r, 0, 0, 0);
      }
    }
    plan.run();
    for (int r = 0; r < rows.size(); r++) {
      if (!rows.get(r).isGone()) { // a listener may take others out
        plan.logits(r, logits);
        choose(rows.get(r));
      }
    }
  }

  private void choose(BatchRow row) {
    ChosenToken token;
    try {
      token = row.write(logits);
    } catch (RuntimeException e) {
      leave(row);
      row.listener().failed(e);
      return;
    }
    tokensWritten++;
    row.listener().written(token);
    @Nullable StopReason reason = row.answer().reason();
    if (reason != null) {
      leave(row);
      row.listener().ended(reason);
    }
  }

  /** Requests in the batch. */
  public int rows() {
    return reading.size() + writing.size();
  }

  /** Tokens of prompts that were read so far. */
  public long tokensRead() {
    return tokensRead;
  }

  /** Tokens of prompts that were known and not read, so far. */
  public long tokensReused() {
    return tokensReused;
  }

  /** Tokens of answers that were written so far. */
  public long tokensWritten() {
    return tokensWritten;
  }

  /** Bytes that are kept of what prompts begin with. */
  public long prefixBytes() {
    return prefixes.floats() * Float.BYTES;
  }

  @Override
  public void close() {
    plans.close();
  }
}
