package org.seal4j.scripts.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.train.Resumable;
import org.seal4j.model.train.Trainer;
import org.seal4j.scripts.tuning.Learning;

/**
 * All weights are trained, in place.
 *
 * @param weights of the model
 * @param trainer of them; closed with this
 */
record FullLearning(Weights weights, Trainer trainer) implements Learning {
  /** The rows of a batch by their length, so that a shard has rows of like length. */
  @Override
  public double train(List<TokenSequence> batch) {
    List<TokenSequence> sorted = new ArrayList<>(batch);
    sorted.sort(Comparator.comparingInt(row -> -row.length()));
    return trainer.train(sorted);
  }

  @Override
  public Resumable training() {
    return trainer;
  }

  @Override
  public Map<String, INDArray> learned() {
    return weights.arrays();
  }

  @Override
  public LinearBank linears() {
    return LinearBank.base(weights);
  }

  @Override
  public void close() {
    trainer.close();
  }
}
