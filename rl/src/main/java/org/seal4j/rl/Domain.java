package org.seal4j.rl;

import java.util.Optional;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.train.InnerLoopTask;

/**
 * What the loop is about: grid tasks, passages, or a domain of your own. A domain says what a
 * self-edit is, which training it asks for, and how the adapted model is examined; the loop, the
 * inner loop and the executor know nothing else of it.
 *
 * @param <C> what the policy adapts to
 * @param <E> what it writes
 */
public interface Domain<C extends Context, E extends SelfEdit> {
  /** Reads what a policy wrote, and writes edits for the journal. */
  EditFormat<C, E> format();

  /**
   * The training that an edit asks for in a context: sequences, learning rate and epochs, each of
   * which may be the edit's own choice. Empty where there is nothing to train on: then the model is
   * examined as it is. Pure.
   *
   * @param seeds the only randomness of the training set, of the adapter's initial values and of
   *     the order of the data
   */
  Optional<InnerLoopTask> training(C context, E edit, Seeds seeds);

  /** What the adapted model is asked, and how that is graded. */
  Examiner<C> examiner();
}
