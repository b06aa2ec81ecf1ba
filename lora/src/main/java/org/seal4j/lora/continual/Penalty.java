package org.seal4j.lora.continual;

import java.util.List;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.kernel.Tensor;

/**
 * What an adapter's update must respect besides the training texts, such as a distance to an
 * earlier model: a term that is added to the loss of every step.
 */
public interface Penalty {
  /**
   * Adds the term's gradient to that of the training texts.
   *
   * @param step optimizer step of this training, from 0
   * @param bank holds the adapter as it is at this step, in place 0
   * @param gradients by A {@code [1, in, r]} and B {@code [1, r, out]} of every module in the
   *     bank's order; added to in place
   * @return value of the term
   */
  double add(int step, AdapterBank bank, List<Tensor> gradients);
}
