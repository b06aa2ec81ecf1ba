package org.seal4j.model.plan;

import org.seal4j.model.kernel.Scratch;
import org.seal4j.model.kernel.Tensor;

/** Copies numbers. */
record CopyStep(Tensor from, Tensor to) implements Step {
  @Override
  public String name() {
    return "copy";
  }

  @Override
  public void run(Scratch scratch) {
    to.f().put(0, from.f(), 0, from.length());
  }
}
