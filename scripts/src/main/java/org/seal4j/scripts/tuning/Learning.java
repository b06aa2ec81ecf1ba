package org.seal4j.scripts.tuning;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.train.Resumable;

/** A training under way: of an adapter, or of all weights. */
public interface Learning extends AutoCloseable {
  /** One optimizer step; the loss before it, in nats per taught token. */
  double train(List<TokenSequence> batch);

  /** What a checkpoint stores. */
  Resumable training();

  /** What is trained, by name: what the best state of a training is kept of. */
  Map<String, INDArray> learned();

  /** The model as it is trained so far. */
  LinearBank linears();

  @Override
  void close();
}
