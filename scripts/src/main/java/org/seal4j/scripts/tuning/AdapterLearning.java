package org.seal4j.scripts.tuning;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.train.AdapterTrainer;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.train.Resumable;

/**
 * An adapter is trained; the model stays as it is.
 *
 * @param weights of the model
 * @param trainer closed with this
 */
public record AdapterLearning(Weights weights, AdapterTrainer trainer) implements Learning {
  @Override
  public double train(List<TokenSequence> batch) {
    return trainer.train(batch);
  }

  @Override
  public Resumable training() {
    return trainer;
  }

  @Override
  public Map<String, INDArray> learned() {
    return trainer.factors();
  }

  @Override
  public LinearBank linears() {
    return new LoraBank(weights, trainer.bank(), 1);
  }

  public AdapterBank bank() {
    return trainer.bank();
  }

  @Override
  public void close() {
    trainer.close();
  }
}
