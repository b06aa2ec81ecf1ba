package org.seal4j.model.train;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A training that can be stopped after any step and go on with the same bits: see {@link
 * Checkpoint}.
 */
public interface Resumable {
  /** Steps done. */
  long step();

  /** All arrays that a resumed training needs, by name: what is trained, and optimizer states. */
  Map<String, INDArray> state();

  /** Everything on which the bits of a step depend besides the data, as text. */
  String configText();

  /** Continues after so many steps, once {@link #state()} has been filled from a checkpoint. */
  void resumeAt(long done);
}
