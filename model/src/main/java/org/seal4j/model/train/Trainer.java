package org.seal4j.model.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.OptimizerKernels;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Workers;

/**
 * Trains all weights of a model: a batch is cut into shards, their gradients are computed side by
 * side, added in a fixed order, clipped and applied. The result depends on the configuration and
 * the data alone; stopped after any step and resumed from its checkpoint it is the same byte for
 * byte.
 */
public final class Trainer implements Resumable, AutoCloseable {
  private final Weights weights;
  private final TrainConfig config;
  private final Workers workers;
  private final List<BatchShape> shapes;
  private final List<Shard> shards = new ArrayList<>();
  private final List<TrainedWeight> trained = new ArrayList<>();
  private final List<Double> peaks = new ArrayList<>();
  private final List<String> names;
  private long step;

  /**
   * @param time longest input of a step in tokens; shorter sequences are padded
   */
  public Trainer(Weights weights, TrainConfig config, int time, Workers workers) {
    this(weights, config, equalShards(config, time), workers);
  }

  /**
   * A trainer whose shards have shapes of their own, so that short sequences need not be padded to
   * the longest. A shard of more than 128 tokens is padded to its own longest sequence, in steps of
   * 32: batches that come sorted by length cost less.
   *
   * @param shapes largest shapes of the shards, in the order in which a batch's sequences fill
   *     them; together as many sequences as a batch has
   */
  public Trainer(Weights weights, TrainConfig config, List<BatchShape> shapes, Workers workers) {
    this.weights = weights;
    this.config = config;
    this.workers = workers;
    this.shapes = List.copyOf(shapes);
    int sequences = shapes.stream().mapToInt(BatchShape::batch).sum();
    Checks.require(
        shapes.size() == config.shards() && sequences == config.batch(),
        "shards is %d and batch %d, but there are %d shards for %d sequences",
        config.shards(),
        config.batch(),
        shapes.size(),
        sequences);
    for (BatchShape shape : shapes) {
      shards.add(new Shard(weights, shape, workers.another()));
    }
    names = shards.get(0).step().trainable();
    for (String name : names) {
      INDArray array = weights.get(name);
      OptimizerSpec optimizer = config.optimizer(name, array.shape());
      trained.add(TrainedWeight.of(array, optimizer, workers.engine()));
      peaks.add(config.peakRate(optimizer));
    }
  }

  /** The shards of batches that are cut into equal parts of one length. */
  public static List<BatchShape> equalShards(TrainConfig config, int time) {
    return Collections.nCopies(
        config.shards(), new BatchShape(config.batch() / config.shards(), time));
  }

  @Override
  public long step() {
    return step;
  }

  /**
   * One optimizer step.
   *
   * @return weighted mean negative log-likelihood of the batch before the update, in nats per token
   */
  public double train(List<TokenSequence> batch) {
    Checks.require(
        batch.size() == config.batch(),
        "a training batch must have %d sequences but has %d",
        config.batch(),
        batch.size());
    double total = 0;
    for (TokenSequence sequence : batch) {
      total += BatchFiller.weight(sequence);
    }
    Checks.require(total > 0, "a training batch must have loss weight on at least one token");
    List<List<TokenSequence>> parts = parts(batch);
    double scale = 1 / total;
    workers.run(
        shards.size(),
        (i, unused) -> {
          shards.get(i).run(parts.get(i), scale);
        });
    double loss = 0;
    for (Shard shard : shards) {
      loss += shard.step().loss();
    }
    update();
    return loss;
  }

  private List<List<TokenSequence>> parts(List<TokenSequence> batch) {
    List<List<TokenSequence>> parts = new ArrayList<>();
    int from = 0;
    for (BatchShape shape : shapes) {
      parts.add(batch.subList(from, from + shape.batch()));
      from += shape.batch();
    }
    return parts;
  }

  private void update() {
    LmStep first = shards.get(0).step();
    double[] squares = new double[names.size()];
    Tensor[] sums = new Tensor[names.size()];
    workers.run(
        names.size(),
        (i, worker) -> {
          Tensor sum = first.fetched(names.get(i));
          sums[i] = sum;
          for (Shard shard : shards.subList(1, shards.size())) {
            var part = shard.step().fetched(names.get(i));
            OptimizerKernels.axpby(sum, 1, part, 1, worker.scratch());
          }
          squares[i] = OptimizerKernels.sumOfSquares(sum, 0, sum.length(), worker.scratch());
        });
    double norm = 0;
    for (double square : squares) {
      norm += square;
    }
    norm = Math.sqrt(norm);
    double scale = norm > config.clip() ? config.clip() / norm : 1;
    double factor = config.schedule().factor(step, config.warmup(), config.steps());
    step++;
    workers.run(
        names.size(),
        (i, worker) -> {
          double rate = peaks.get(i) * factor;
          trained.get(i).update(0, sums[i], scale, rate, step, worker.scratch());
        });
  }

  @Override
  public Map<String, INDArray> state() {
    Map<String, INDArray> state = new LinkedHashMap<>();
    weights.arrays().forEach((name, array) -> state.put("weights/" + name, array));
    for (int i = 0; i < names.size(); i++) {
      String prefix = "optimizer/" + names.get(i) + "/";
      trained.get(i).state().forEach((key, array) -> state.put(prefix + key, array));
    }
    return state;
  }

  @Override
  public String configText() {
    return "%s, %s, %s"
        .formatted(
            weights.config().cacheKey(),
            config.cacheKey(),
            shapes.stream().map(BatchShape::cacheKey).toList());
  }

  @Override
  public void resumeAt(long done) {
    step = done;
  }

  @Override
  public void close() {
    shards.forEach(Shard::close);
    trained.forEach(TrainedWeight::close);
  }
}
