package org.seal4j.model.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/** Root-mean-square normalisation (Zhang and Sennrich 2019) over the last axis. */
public final class RmsNormKernels {
  private static final int BLOCK = 8192;

  private RmsNormKernels() {}

  /**
   * {@code y = x / rms(x) * gain}: in x {@code [rows, d]}, gain {@code [d]}; out y {@code [rows,
   * d]}.
   */
  public static Kernel forward(float eps) {
    return (in, out, scratch) -> {
      int d = in[1].length();
      int rows = in[0].length() / d;
      int block = Math.max(1, BLOCK / d);
      float[] gain = scratch.floats(0, d);
      float[] x = scratch.floats(1, block * d);
      float[] tmp = scratch.floats(2, Lanes.W);
      in[1].f().get(0, gain, 0, d);
      FloatBuffer source = in[0].f();
      FloatBuffer target = out[0].f();
      for (int r = 0; r < rows; r += block) {
        int m = Math.min(block, rows - r);
        source.get(r * d, x, 0, m * d);
        for (int i = 0; i < m; i++) {
          normalise(x, i * d, d, gain, inverseRms(x, i * d, d, eps, tmp));
        }
        target.put(r * d, x, 0, m * d);
      }
    };
  }

  private static void normalise(float[] x, int at, int d, float[] gain, float inverse) {
    int i = 0;
    for (; i < Lanes.floor(d); i += Lanes.W) {
      FloatVector v = FloatVector.fromArray(Lanes.F, x, at + i).mul(inverse);
      v.mul(FloatVector.fromArray(Lanes.F, gain, i)).intoArray(x, at + i);
    }
    for (; i < d; i++) {
      x[at + i] = x[at + i] * inverse * gain[i];
    }
  }

  private static float inverseRms(float[] x, int at, int d, float eps, float[] tmp) {
    FloatVector acc = FloatVector.zero(Lanes.F);
    int i = 0;
    for (; i < Lanes.floor(d); i += Lanes.W) {
      FloatVector v = FloatVector.fromArray(Lanes.F, x, at + i);
      acc = v.fma(v, acc);
    }
    float sum = Lanes.sum(acc, tmp);
    for (; i < d; i++) {
      sum = Math.fma(x[at + i], x[at + i], sum);
    }
    return (float) (1.0 / Math.sqrt(sum / d + (double) eps));
  }

  /**
   * Gradient: in x {@code [rows, d]}, gain {@code [d]}, dy {@code [rows, d]}; out dx {@code [rows,
   * d]} and, where asked for, dgain {@code [d]}.
   */
  public static Kernel gradient(float eps) {
    return (in, out, scratch) -> {
      int d = in[1].length();
      int rows = in[0].length() / d;
      int block = Math.max(1, BLOCK / d);
      Work w = new Work(scratch, block, d);
      in[1].f().get(0, w.gain, 0, d);
      Arrays.fill(w.dgain, 0, d, 0f);
      Tensor dgain = out[1];
      for (int r = 0; r < rows; r += block) {
        int m = Math.min(block, rows - r);
        in[0].f().get(r * d, w.x, 0, m * d);
        in[2].f().get(r * d, w.dy, 0, m * d);
        for (int i = 0; i < m; i++) {
          gradientRow(w, i * d, d, eps, dgain);
        }
        Tensor.put(out[0], r * d, w.dy, m * d);
      }
      Tensor.put(dgain, 0, w.dgain, d);
    };
  }

  /** Staging arrays of the gradient. */
  private static final class Work {
    final float[] gain;
    final float[] x;
    final float[] dy;
    final float[] dgain;
    final float[] tmp;

    Work(Scratch scratch, int block, int d) {
      gain = scratch.floats(0, d);
      x = scratch.floats(1, block * d);
      dy = scratch.floats(2, block * d);
      dgain = scratch.floats(3, d);
      tmp = scratch.floats(4, Lanes.W);
    }
  }

  /** Replaces one row of {@code w.dy} by the row of dx, and adds its share to {@code w.dgain}. */
  private static void gradientRow(Work w, int at, int d, float eps, @Nullable Tensor dgain) {
    float inverse = inverseRms(w.x, at, d, eps, w.tmp);
    FloatVector acc = FloatVector.zero(Lanes.F);
    int i = 0;
    for (; i < Lanes.floor(d); i += Lanes.W) {
      FloatVector x = FloatVector.fromArray(Lanes.F, w.x, at + i);
      FloatVector dy = FloatVector.fromArray(Lanes.F, w.dy, at + i);
      if (dgain != null) {
        FloatVector old = FloatVector.fromArray(Lanes.F, w.dgain, i);
        dy.fma(x.mul(inverse), old).intoArray(w.dgain, i);
      }
      FloatVector dn = dy.mul(FloatVector.fromArray(Lanes.F, w.gain, i));
      dn.intoArray(w.dy, at + i);
      acc = dn.fma(x, acc);
    }
    float dot = Lanes.sum(acc, w.tmp);
    for (; i < d; i++) {
      if (dgain != null) {
        w.dgain[i] = Math.fma(w.dy[at + i], w.x[at + i] * inverse, w.dgain[i]);
      }
      w.dy[at + i] *= w.gain[i];
      dot = Math.fma(w.dy[at + i], w.x[at + i], dot);
    }
    float c = -dot * inverse * inverse * inverse / d;
    for (i = 0; i < Lanes.floor(d); i += Lanes.W) {
      FloatVector x = FloatVector.fromArray(Lanes.F, w.x, at + i);
      FloatVector dn = FloatVector.fromArray(Lanes.F, w.dy, at + i);
      x.fma(FloatVector.broadcast(Lanes.F, c), dn.mul(inverse)).intoArray(w.dy, at + i);
    }
    for (; i < d; i++) {
      w.dy[at + i] = Math.fma(w.x[at + i], c, w.dy[at + i] * inverse);
    }
  }
}
