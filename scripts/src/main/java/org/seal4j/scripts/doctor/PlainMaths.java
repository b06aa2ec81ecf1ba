package org.seal4j.scripts.doctor;

/** The maths of the ops once more, as plain loops in double precision: slow, and easy to check. */
final class PlainMaths {
  private PlainMaths() {}

  /** a {@code [m, k]} times b {@code [k, n]}. */
  static double[] product(float[] a, float[] b, int k) {
    int m = a.length / k;
    int n = b.length / k;
    double[] out = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int s = 0; s < k; s++) {
          out[i * n + j] += (double) a[i * k + s] * b[s * n + j];
        }
      }
    }
    return out;
  }

  /** x {@code [rows, d]}, gain {@code [d]}. */
  static double[] rmsNorm(float[] x, float[] gain, double eps) {
    int d = gain.length;
    double[] out = new double[x.length];
    for (int row = 0; row < x.length; row += d) {
      double squares = 0;
      for (int i = 0; i < d; i++) {
        squares += (double) x[row + i] * x[row + i];
      }
      for (int i = 0; i < d; i++) {
        out[row + i] = x[row + i] / Math.sqrt(squares / d + eps) * gain[i];
      }
    }
    return out;
  }

  /** x {@code [rows, heads * k]}; planes are the two halves of a head. */
  static double[] rope(float[] x, int[] positions, float[] frequencies) {
    int half = frequencies.length;
    int width = x.length / positions.length;
    double[] out = new double[x.length];
    for (int head = 0; head < x.length; head += 2 * half) {
      for (int i = 0; i < half; i++) {
        double angle = (double) positions[head / width] * frequencies[i];
        double a = x[head + i];
        double b = x[head + half + i];
        out[head + i] = a * Math.cos(angle) - b * Math.sin(angle);
        out[head + half + i] = a * Math.sin(angle) + b * Math.cos(angle);
      }
    }
    return out;
  }

  /** One sequence: q {@code [t, heads * k]}, key and value {@code [t, kvHeads * k]}. */
  static double[] attention(float[][] qkv, int heads, int kvHeads, int k) {
    int t = qkv[0].length / (heads * k);
    double[] out = new double[qkv[0].length];
    for (int head = 0; head < heads; head++) {
      int kv = head / (heads / kvHeads) * k;
      for (int row = 0; row < t; row++) {
        double[] weights = new double[row + 1];
        double sum = 0;
        for (int at = 0; at <= row; at++) {
          double score = 0;
          for (int i = 0; i < k; i++) {
            score +=
                (double) qkv[0][(row * heads + head) * k + i] * qkv[1][at * kvHeads * k + kv + i];
          }
          weights[at] = Math.exp(score / Math.sqrt(k));
          sum += weights[at];
        }
        for (int at = 0; at <= row; at++) {
          for (int i = 0; i < k; i++) {
            out[(row * heads + head) * k + i] +=
                weights[at] / sum * qkv[2][at * kvHeads * k + kv + i];
          }
        }
      }
    }
    return out;
  }

  static double[] swiGlu(float[] gate, float[] up) {
    double[] out = new double[gate.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
    }
    return out;
  }

  /** logits {@code [rows, v]}: the weighted sum of all rows. */
  static double[] crossEntropy(float[] logits, int[] targets, float[] weights) {
    int v = logits.length / targets.length;
    double loss = 0;
    for (int row = 0; row < targets.length; row++) {
      double sum = 0;
      for (int i = 0; i < v; i++) {
        sum += Math.exp(logits[row * v + i]);
      }
      loss += weights[row] * (Math.log(sum) - logits[row * v + targets[row]]);
    }
    return new double[] {loss};
  }

  /** Rows of a table {@code [v, d]}. */
  static double[] rows(float[] table, int[] ids, int d) {
    double[] out = new double[ids.length * d];
    for (int i = 0; i < out.length; i++) {
      out[i] = table[ids[i / d] * d + i % d];
    }
    return out;
  }
}
