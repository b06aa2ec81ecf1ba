package org.seal4j.model.kernel;

import java.nio.FloatBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Arithmetic of clipping and of the optimizers on flat ranges of float32 arrays, in place. */
public final class OptimizerKernels {
  private static final int BLOCK = 4096;

  private OptimizerKernels() {}

  /**
   * Numbers of one AdamW update (Loshchilov and Hutter 2019).
   *
   * @param learningRate step size of this step
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param eps added to the root of the second moment
   * @param weightDecay decoupled decay, times the learning rate
   * @param step number of this update, from 1, for the bias corrections
   * @param gradientScale factor on the gradient (clipping)
   */
  public record Adam(
      double learningRate,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      long step,
      double gradientScale) {}

  /** Updates {@code parameter, m, v} from {@code gradient}, given as {@code p, g, m, v}. */
  public static void adam(FloatBuffer[] pgmv, Adam a, Scratch scratch) {
    FloatBuffer p = pgmv[0];
    FloatBuffer m = pgmv[2];
    FloatBuffer v = pgmv[3];
    float[] xp = scratch.floats(0, BLOCK);
    float[] xg = scratch.floats(1, BLOCK);
    float[] xm = scratch.floats(2, BLOCK);
    float[] xv = scratch.floats(3, BLOCK);
    int length = p.capacity();
    for (int at = 0; at < length; at += BLOCK) {
      int n = Math.min(BLOCK, length - at);
      p.get(at, xp, 0, n);
      pgmv[1].get(at, xg, 0, n);
      m.get(at, xm, 0, n);
      v.get(at, xv, 0, n);
      adamBlock(xp, xg, xm, xv, Lanes.ceil(n), a);
      p.put(at, xp, 0, n);
      m.put(at, xm, 0, n);
      v.put(at, xv, 0, n);
    }
  }

  private static void adamBlock(float[] p, float[] g, float[] m, float[] v, int n, Adam a) {
    float b1 = (float) a.beta1;
    float b2 = (float) a.beta2;
    float c1 = (float) (1 / (1 - StrictMath.pow(a.beta1, (double) a.step)));
    float c2 = (float) (1 / (1 - StrictMath.pow(a.beta2, (double) a.step)));
    float rate = (float) (a.learningRate * c1);
    float keep = (float) (1 - a.learningRate * a.weightDecay);
    float scale = (float) a.gradientScale;
    float eps = (float) a.eps;
    for (int i = 0; i < n; i += Lanes.W) {
      FloatVector gi = FloatVector.fromArray(Lanes.F, g, i).mul(scale);
      FloatVector mi = FloatVector.fromArray(Lanes.F, m, i).mul(b1).add(gi.mul(1 - b1));
      FloatVector vi = FloatVector.fromArray(Lanes.F, v, i).mul(b2).add(gi.mul(gi).mul(1 - b2));
      mi.intoArray(m, i);
      vi.intoArray(v, i);
      FloatVector root = vi.mul(c2).lanewise(VectorOperators.SQRT).add(eps);
      FloatVector pi = FloatVector.fromArray(Lanes.F, p, i).mul(keep);
      pi.sub(mi.mul(rate).div(root)).intoArray(p, i);
    }
  }

  /** Sum of squares of elements {@code from .. to-1}, in double, in order of blocks. */
  public static double sumOfSquares(Tensor x, int from, int to, Scratch scratch) {
    float[] block = scratch.floats(0, BLOCK);
    double sum = 0;
    for (int at = from; at < to; at += BLOCK) {
      int n = Math.min(BLOCK, to - at);
      x.f().get(at, block, 0, n);
      double part = 0;
      for (int i = 0; i < n; i++) {
        part += (double) block[i] * block[i];
      }
      sum += part;
    }
    return sum;
  }

  /** {@code into = a * into + b * x}, element by element. */
  public static void axpby(Tensor into, double a, Tensor x, double b, Scratch scratch) {
    float[] y = scratch.floats(0, BLOCK);
    float[] z = scratch.floats(1, BLOCK);
    int length = into.length();
    for (int at = 0; at < length; at += BLOCK) {
      int n = Math.min(BLOCK, length - at);
      into.f().get(at, y, 0, n);
      x.f().get(at, z, 0, n);
      for (int i = 0; i < Lanes.ceil(n); i += Lanes.W) {
        FloatVector yi = FloatVector.fromArray(Lanes.F, y, i).mul((float) a);
        yi.add(FloatVector.fromArray(Lanes.F, z, i).mul((float) b)).intoArray(y, i);
      }
      into.f().put(at, y, 0, n);
    }
  }
}
