package org.seal4j.model.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.Bucketing;
import org.seal4j.data.batch.TokenBatch;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;

/**
 * Tells how likely given continuations are, all tokens of a sequence in one forward pass (teacher
 * forcing). A token is asked for where its weight ({@link TokenSequence#weights()}) is not 0; the
 * size of the weight does not matter.
 *
 * <p>A score of {@link #score(List, int[])} depends on its sequence, its adapter and the weights
 * alone, to the last bit for the base model: sequences are padded by their own length only. Plans
 * are kept per shape and read the weights' and the bank's arrays anew in every run. Not
 * thread-safe.
 */
public final class Scorer implements AutoCloseable {
  private static final int PLANS = 16;
  private static final int LENGTH_STEP = 16;
  private static final int MOST_TOKENS = 4096;
  private static final int MOST_LOGITS = 1 << 24;
  private static final TokenSequence PADDING =
      new TokenSequence(new int[1], new int[1], new float[1]);

  private final LinearBank bank;
  private final PlanCache<ScorePlan.Shape, ScorePlan> plans;
  private final float[] logits;
  private final Logits logitRow = new Logits();
  private final ModelConfig model;

  /** A scorer of the model itself. */
  public Scorer(Weights weights, Worker worker) {
    this(weights, LinearBank.base(weights), worker);
  }

  /** A scorer of n adapters in one batch. */
  public Scorer(Weights weights, LinearBank bank, Worker worker) {
    this.bank = bank;
    this.model = weights.config();
    this.logits = new float[model.vocabSize()];
    bank.requireEngine(worker.engine());
    this.plans = new PlanCache<>(PLANS, shape -> ScorePlan.of(weights, bank, shape, worker));
  }

  /** Scores sequences, all under adapter 0 (the base model, if there are no adapters). */
  public List<Score> score(List<TokenSequence> sequences) {
    return score(sequences, new int[sequences.size()]);
  }

  /**
   * Scores sequences of any lengths, in their order.
   *
   * @param adapters the adapter of each sequence, an index into the bank
   */
  public List<Score> score(List<TokenSequence> sequences, int[] adapters) {
    Checks.require(
        sequences.size() == adapters.length,
        "%d sequences need as many adapters but got %d",
        sequences.size(),
        adapters.length);
    for (int i = 0; i < adapters.length; i++) {
      Checks.require(
          adapters[i] >= 0 && adapters[i] < bank.groups(),
          "sequence %d asks for adapter %d but there are %d",
          i,
          adapters[i],
          bank.groups());
    }
    Bucketing bucketing = new Bucketing(LENGTH_STEP, 0);
    @Nullable Score[] scores = new @Nullable Score[sequences.size()];
    bucketing
        .buckets(sequences)
        .forEach(
            (time, indices) -> {
              int rows = Math.min(MOST_TOKENS, MOST_LOGITS / logits.length) / time;
              int limit = Math.max(1, rows / bank.groups());
              List<List<Integer>> groups =
                  RowCounts.byAdapter(indices, index -> adapters[index], bank.groups());
              for (List<List<Integer>> piece : RowCounts.pieces(groups, limit)) {
                Map<Integer, Integer> indexOfRow = new TreeMap<>();
                TokenBatch batch = bucketing.pad(arrange(piece, sequences, indexOfRow), time);
                List<Score> rowScores = score(batch);
                indexOfRow.forEach((row, index) -> scores[index] = rowScores.get(row));
              }
            });
    List<Score> all = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      all.add(Checks.present(scores[i], "sequence %d was not scored", i));
    }
    return all;
  }

  /** The sequences in equal blocks of rows, one per adapter, filled up with padding. */
  private static List<TokenSequence> arrange(
      List<List<Integer>> groups, List<TokenSequence> sequences, Map<Integer, Integer> indexOfRow) {
    int most = groups.stream().mapToInt(List::size).max().orElse(0);
    int perGroup = RowCounts.rounded(most);
    List<TokenSequence> rows = new ArrayList<>();
    for (List<Integer> group : groups) {
      for (int i = 0; i < perGroup; i++) {
        if (i < group.size()) {
          indexOfRow.put(rows.size(), group.get(i));
        }
        rows.add(i < group.size() ? sequences.get(group.get(i)) : PADDING);
      }
    }
    return rows;
  }

  /**
   * Scores a padded batch as it is, one score per row.
   *
   * @param batch equal blocks of consecutive rows, block i under adapter i
   */
  public List<Score> score(TokenBatch batch) {
    Checks.require(
        batch.rows() % bank.groups() == 0,
        "a batch of %d rows cannot be split into equal blocks for %d adapters; fill it up with rows"
            + " of weight 0",
        batch.rows(),
        bank.groups());
    check(batch);
    ScorePlan plan = plans.get(new ScorePlan.Shape(batch.rows(), batch.time()));
    plan.run(batch);
    List<Score> scores = new ArrayList<>();
    for (int r = 0; r < batch.rows(); r++) {
      scores.add(row(plan, batch, r));
    }
    return scores;
  }

  private Score row(ScorePlan plan, TokenBatch batch, int row) {
    double[] nll = new double[batch.lengths()[row]];
    double total = 0;
    int tokens = 0;
    int right = 0;
    for (int i = 1; i < nll.length; i++) {
      if (batch.weights()[row][i] != 0) {
        plan.logits(row * batch.time() + i - 1, logits);
        logitRow.requireFinite(logits, row, i);
        int target = batch.ids()[row][i];
        nll[i] = logitRow.logSumExp(logits) - logits[target];
        total += nll[i];
        tokens++;
        right += logitRow.argMax(logits) == target ? 1 : 0;
      }
    }
    return new Score(nll, tokens, total, right, tokens > 0 && right == tokens);
  }

  private void check(TokenBatch batch) {
    for (int r = 0; r < batch.rows(); r++) {
      for (int i = 0; i < batch.time(); i++) {
        int id = batch.ids()[r][i];
        int position = batch.positions()[r][i];
        if (!model.hasToken(id, position)) {
          model.requireToken("token %s of row %s".formatted(i, r), id, position);
        }
      }
    }
  }

  @Override
  public void close() {
    plans.close();
  }
}
