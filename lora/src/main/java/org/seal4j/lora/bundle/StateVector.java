package org.seal4j.lora.bundle;

import java.util.Arrays;
import java.util.List;
import org.seal4j.data.check.Checks;

/** A text as one vector of a model, see {@link StateReader}. Not changed once it is made. */
public final class StateVector {
  private final float[] values;

  private StateVector(float[] values) {
    this.values = values;
  }

  /** A copy of these numbers, at least one, all finite. */
  public static StateVector of(float[] values) {
    Checks.require(values.length >= 1, "a state needs one number at least");
    for (float value : values) {
      Checks.require(Float.isFinite(value), "a state must be finite but has %s", value);
    }
    return new StateVector(values.clone());
  }

  /** The mean of several of one size, in their order; sums run in double. */
  static StateVector mean(List<StateVector> all) {
    int size = all.get(0).size();
    double[] sums = new double[size];
    for (StateVector one : all) {
      for (int k = 0; k < size; k++) {
        sums[k] += one.values[k];
      }
    }
    float[] mean = new float[size];
    for (int k = 0; k < size; k++) {
      mean[k] = (float) (sums[k] / all.size());
    }
    return new StateVector(mean);
  }

  /** How many numbers it has. */
  public int size() {
    return values.length;
  }

  /** A copy of its numbers. */
  public float[] values() {
    return values.clone();
  }

  StateVector minus(StateVector other) {
    float[] difference = new float[values.length];
    for (int k = 0; k < difference.length; k++) {
      difference[k] = values[k] - other.values[k];
    }
    return new StateVector(difference);
  }

  /** Its length, in the sense of Euclid. */
  double norm() {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  /** The inner product; the sum runs in double. */
  double dot(StateVector other) {
    double sum = 0;
    for (int k = 0; k < values.length; k++) {
      sum += (double) values[k] * other.values[k];
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateVector vector && Arrays.equals(values, vector.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "a state of " + values.length + " numbers";
  }
}
