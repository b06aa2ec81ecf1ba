package org.seal4j.model.kernel;

import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * {@code x w^T} for few rows x: in x {@code [m, k]}, w {@code [n, k]}; out {@code [m, n]}.
 *
 * <p>With few rows a product is bound by reading w. So w is read once, in blocks of its rows that
 * stay in the first-level cache while every row of x meets them; a matrix product of BLAS packs all
 * of w first. Each output is one chain of fused multiply-adds per lane over k in ascending order,
 * then the lanes in the order of {@link Lanes#sum}: its bits depend neither on the other rows nor
 * on their number. Eight rows and more are laid out otherwise ({@link InterleavedGemm}), with the
 * same bits.
 */
public final class SkinnyGemm {
  /** Floats of w that are staged at a time: 32 KiB. */
  private static final int STAGED = 8192;

  /** Multiplications that one thread does sooner alone. */
  private static final long SMALL = 1 << 17;

  private SkinnyGemm() {}

  public static Kernel kernel() {
    return (in, out, scratch) -> {
      FloatBuffer to = Objects.requireNonNull(out[0]).f();
      if (InterleavedGemm.suits(in[0].size(0))) {
        InterleavedGemm many = new InterleavedGemm(in[0], in[1], scratch);
        scratch.crew().share(many.blocks(), isSmall(in), scratch, many::run);
        many.write(to);
      } else {
        new Product(in[0], in[1], scratch).run(to, isSmall(in), scratch);
      }
    };
  }

  private static boolean isSmall(Tensor[] in) {
    return (long) in[0].length() * in[1].size(0) < SMALL;
  }

  /** One product: x as a whole, w block by block, and the result on the heap. */
  private static final class Product {
    private final int m;
    private final int n;
    private final int k;

    /** Length of a staged row, a multiple of the lanes; filled up with zeros. */
    private final int stride;

    private final int block;
    private final float[] x;
    private final FloatBuffer weights;
    private final float[] y;

    Product(Tensor rows, Tensor weights, Scratch scratch) {
      m = rows.size(0);
      n = weights.size(0);
      k = weights.size(1);
      stride = Lanes.ceil(k);
      block = Math.min(n, Math.max(4, STAGED / stride & -4));
      x = scratch.floats(0, m * stride);
      this.weights = weights.f();
      y = scratch.floats(2, m * n);
      PaddedRows.copy(rows.f(), 0, m, k, stride, x);
    }

    /** Threads share the blocks of outputs. */
    void run(FloatBuffer out, boolean small, Scratch scratch) {
      int blocks = (n + block - 1) / block;
      scratch
          .crew()
          .share(
              blocks,
              small,
              scratch,
              (from, to, own) -> run(block * from, Math.min(n, block * to), own));
      out.put(0, y, 0, m * n);
    }

    private void run(int from, int to, Scratch own) {
      float[] w = own.floats(1, block * stride);
      float[] tmp = own.floats(3, 8 * Lanes.W);
      for (int o = from; o < to; o += block) {
        int outputs = Math.min(block, n - o);
        PaddedRows.copy(weights, o, outputs, k, stride, w);
        int row = 0;
        for (; row + 4 <= m; row += 4) {
          int j = 0;
          for (; j + 2 <= outputs; j += 2) {
            Dots.rows4(x, row * stride, w, j * stride, stride, tmp);
            for (int r = 0; r < 4; r++) {
              y[(row + r) * n + o + j] = Dots.sum(tmp, 2 * r);
              y[(row + r) * n + o + j + 1] = Dots.sum(tmp, 2 * r + 1);
            }
          }
          for (; j < outputs; j++) {
            for (int r = row; r < row + 4; r++) {
              y[r * n + o + j] = Dots.one(x, r * stride, w, j * stride, stride, tmp);
            }
          }
        }
        for (; row < m; row++) {
          row(row, o, outputs, w, tmp);
        }
      }
    }

    private void row(int row, int o, int outputs, float[] w, float[] tmp) {
      int to = row * n + o;
      int j = 0;
      for (; j + 4 <= outputs; j += 4) {
        Dots.columns4(x, row * stride, w, j * stride, stride, tmp);
        for (int i = 0; i < 4; i++) {
          y[to + j + i] = Dots.sum(tmp, i);
        }
      }
      for (; j < outputs; j++) {
        y[to + j] = Dots.one(x, row * stride, w, j * stride, stride, tmp);
      }
    }
  }
}
