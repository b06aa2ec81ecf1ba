package org.seal4j.scripts.corpus;

import java.util.function.Supplier;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;

/**
 * What stands over the model while it answers. Equal names mean the same.
 *
 * @param name of the adapter, or of what was merged into the weights; empty for the model as it is
 * @param rank of the adapter; 0 where there is none
 * @param load gives the adapter as a bank of one, which is closed after it; not called with rank 0
 */
record Over(String name, int rank, Supplier<AdapterBank> load) {
  private static final Over NOTHING = merged("");

  /** The model as it is. */
  static Over nothing() {
    return NOTHING;
  }

  /** Weights that an adapter was merged into, under this name. */
  static Over merged(String name) {
    return new Over(
        name,
        0,
        () -> {
          throw Checks.refuse("there is no adapter over the weights '%s'", name);
        });
  }
}
