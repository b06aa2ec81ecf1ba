package org.seal4j.model.plan;

import org.seal4j.model.kernel.Scratch;

/** One op bound to its arrays. */
interface Step extends AutoCloseable {
  void run(Scratch scratch);

  /** The op's name, for profiles. */
  String name();

  @Override
  default void close() {}
}
