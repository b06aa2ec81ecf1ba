package org.seal4j.model.graph;

import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;

/** Element type and shape of arrays: how messages show them, and what is refused. */
public final class ArrayForm {
  private ArrayForm() {}

  /** Such as {@code float32 [2, 3]}. */
  public static String of(DataType type, long... shape) {
    return type(type) + " " + Arrays.toString(shape);
  }

  /** Such as {@code float32 [2, 3]}. */
  public static String of(INDArray array) {
    return of(array.dataType(), array.shape());
  }

  /** Such as {@code float32}. */
  static String type(DataType type) {
    return switch (type) {
      case FLOAT -> "float32";
      case INT -> "int32";
      case DOUBLE -> "float64";
      case LONG -> "int64";
      default -> type.toString().toLowerCase(Locale.ROOT);
    };
  }

  /**
   * Refuses an array that kernels cannot read as it lies in memory: one that is closed, of another
   * type than float32 and int32, or not contiguous and row-major.
   *
   * @param name of the node or weight that the array stands for
   */
  public static void requirePlain(String name, INDArray array) {
    Checks.require(!array.wasClosed(), "the array of %s is closed", name);
    Checks.require(
        array.dataType() == DataType.FLOAT || array.dataType() == DataType.INT32,
        "%s must be float32 or int32 but its array is %s; cast it with castTo(DataType.FLOAT)",
        name,
        of(array));
    long step = 1;
    boolean plain = true;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      plain &= array.size(axis) == 1 || array.stride(axis) == step;
      step *= array.size(axis);
    }
    Checks.require(
        plain,
        "%s must be contiguous and row-major but its array %s has strides %s; copy it with dup('c')",
        name,
        of(array),
        Arrays.toString(array.stride()));
  }

  /** Refuses an array of another element type or another shape than those of the target. */
  public static void requireSame(String name, INDArray target, INDArray values) {
    Checks.require(
        target.dataType() == values.dataType() && Arrays.equals(target.shape(), values.shape()),
        "%s is %s but was given %s",
        name,
        of(target),
        of(values));
  }

  /**
   * Copies all elements of an array of the same type and shape. ND4J's own {@code assign} takes any
   * number of elements: of fewer it writes those, and of more it writes past the target's memory
   * (M2.1).
   *
   * @param name of the node or weight that the target stands for
   */
  public static void assign(String name, INDArray target, INDArray values) {
    requireSame(name, target, values);
    target.assign(values);
  }
}
