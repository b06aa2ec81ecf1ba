package org.seal4j.model.train;

import java.util.List;
import org.seal4j.data.batch.TokenSequence;

/** Training data by step number: a pure function, so that a resumed run sees the same batches. */
@FunctionalInterface
public interface BatchSource {
  /** The sequences of step {@code step} (from 0); as many as the batch size. */
  List<TokenSequence> batch(long step);
}
