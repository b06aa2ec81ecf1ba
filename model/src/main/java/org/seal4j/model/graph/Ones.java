package org.seal4j.model.graph;

import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A constant full of ones: the gradient of the loss by itself, where differentiation starts. */
public final class Ones {
  private static final String PREFIX = "ones";

  private Ones() {}

  /** Ones of the shape of {@code like}. */
  public static SDVariable like(Graph g, SDVariable like) {
    long[] shape = g.shape(like);
    String name = PREFIX + Arrays.toString(shape).replaceAll("[\\[\\] ]", "_").replace(',', 'x');
    INDArray held = g.parameters().get(name);
    return g.parameter(name, held == null ? Nd4j.ones(DataType.FLOAT, shape) : held, false);
  }

  /** Whether a variable was made here, so that multiplying by it can be left out. */
  static boolean is(SDVariable x) {
    return x.name().startsWith(PREFIX + "_");
  }
}
