package org.seal4j.model.plan;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Arrays that their owner closes. ND4J 1.0.0-M2.1 keeps, for each array, whether it may be closed,
 * and lets parts of itself say no; 1.0.0-M1.1, the last version whose CUDA kernels run on Hopper,
 * has neither the switch nor the need of it.
 */
public final class OwnedArrays {
  private static final @Nullable Method SWITCH = find();

  private OwnedArrays() {}

  private static @Nullable Method find() {
    try {
      return INDArray.class.getMethod("setCloseable", boolean.class);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  /** The same array, which may now be closed. */
  public static INDArray own(INDArray array) {
    if (SWITCH != null) {
      try {
        SWITCH.invoke(array, true);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("INDArray.setCloseable is public and sets a field", e);
      }
    }
    return array;
  }
}
