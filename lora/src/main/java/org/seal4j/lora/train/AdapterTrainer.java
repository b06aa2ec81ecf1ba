package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.OptimizerKernels;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.Resumable;

/**
 * Trains one adapter over a frozen model, a step at a time: for long trainings that are measured
 * and stored on the way. ({@link SftInnerLoop} trains many short-lived ones.) A batch is cut into
 * shards of like size, each on a thread of its own, and a shard into pieces of sequences of like
 * length; gradients are added in a fixed order.
 *
 * <p>Laws: the loss of a batch is the weighted mean over its tokens, however it is cut and padded;
 * the result does not depend on the number of threads; stopped after any step and resumed from its
 * checkpoint it is the same byte for byte; the base is bit-equal before and after.
 */
public final class AdapterTrainer implements Resumable, AutoCloseable {
  private final AdapterRun run;
  private final Weights weights;
  private final Workers workers;
  private final AdapterBank bank;
  private final AdapterOptimizer optimizer;
  private final List<AdapterShard> shards = new ArrayList<>();
  private final Worker own;
  private long step;

  /**
   * @param seeds of the adapter's initial values
   */
  public AdapterTrainer(Weights weights, AdapterRun run, Seeds seeds, Workers workers) {
    this.weights = weights;
    this.run = run;
    this.workers = workers;
    own = workers.another();
    bank = new AdapterBank(1, weights.config(), run.how().lora());
    bank.initialise(0, seeds.child("init"));
    optimizer = new AdapterOptimizer(bank, run.how().optimizer(), workers.engine());
    for (int i = 0; i < run.shards(); i++) {
      shards.add(new AdapterShard(weights, bank, run.how(), workers.another()));
    }
  }

  /** Holds the adapter, in place 0. */
  public AdapterBank bank() {
    return bank;
  }

  @Override
  public long step() {
    return step;
  }

  /**
   * One optimizer step.
   *
   * @param batch any number of sequences, at least one token of which has a loss weight
   * @return weighted mean negative log-likelihood of the batch before the update, in nats per token
   */
  public double train(List<TokenSequence> batch) {
    double total = batch.stream().mapToDouble(BatchFiller::weight).sum();
    Checks.require(total > 0, "a training batch must have loss weight on at least one token");
    BatchPieces pieces =
        new BatchPieces(run.how().timeMultiple(), run.tokens(), run.how().memory());
    List<List<BatchPieces.Piece>> parts = pieces.of(batch, shards.size());
    double[] losses = new double[parts.size()];
    workers.run(
        parts.size(), (i, unused) -> losses[i] = shards.get(i).run(parts.get(i), 1 / total));
    double loss = 0;
    for (int i = 0; i < parts.size(); i++) {
      loss += losses[i];
      if (i > 0) {
        add(shards.get(0).gradients(), shards.get(i).gradients());
      }
    }
    double factor = run.how().schedule().factor(step, run.how().warmup(), run.steps());
    step++;
    optimizer.update(
        0,
        shards.get(0).gradients(),
        run.learningRate() * factor,
        run.how().clip(),
        step,
        own.scratch());
    return loss;
  }

  private void add(List<Tensor> sum, List<Tensor> more) {
    for (int p = 0; p < sum.size(); p++) {
      OptimizerKernels.axpby(sum.get(p), 1, more.get(p), 1, own.scratch());
    }
  }

  /** A and B of every module, by name. */
  public Map<String, INDArray> factors() {
    return bank.arrays();
  }

  @Override
  public Map<String, INDArray> state() {
    Map<String, INDArray> state = factors();
    state.putAll(optimizer.state());
    return state;
  }

  @Override
  public String configText() {
    return weights.config().cacheKey() + ", " + run.text();
  }

  @Override
  public void resumeAt(long done) {
    step = done;
  }

  @Override
  public void close() {
    shards.forEach(AdapterShard::close);
    shards.clear();
    optimizer.close();
    bank.close();
    own.close();
  }
}
