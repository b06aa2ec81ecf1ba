package org.seal4j.model.plan;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.InputException;
import org.seal4j.model.kernel.Kernel;
import org.seal4j.model.kernel.Scratch;
import org.seal4j.model.kernel.Tensor;

/** One fused kernel bound to its arrays. */
@SuppressWarnings("ArrayRecordComponent") // bound once; identity is never compared
record KernelStep(
    String name, String node, Kernel kernel, Tensor[] inputs, @Nullable Tensor[] outputs)
    implements Step {
  @Override
  public void run(Scratch scratch) {
    try {
      kernel.run(inputs, outputs, scratch);
    } catch (IllegalStateException e) {
      throw new InputException(node + ": " + e.getMessage(), e);
    } catch (IndexOutOfBoundsException e) {
      throw new InputException(
          node + ": its kernel reads or writes outside of its arrays: " + e.getMessage(), e);
    }
  }
}
