package org.seal4j.model.blas;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where a product {@code x w^T} may be cut into products of some columns so that each number keeps
 * its bits. OpenBLAS takes the columns in blocks, and the last bits of a number depend on where its
 * block ends; so a product is cut between blocks alone, and only where each part is divided into
 * the same blocks as the whole.
 *
 * <p>Source: OpenBLAS 0.3.19, {@code driver/level3/level3.c} (the loops over {@code min_i} and
 * {@code min_jj}) and {@code param.h} ({@code SGEMM_DEFAULT_P} and {@code SGEMM_DEFAULT_UNROLL_M}
 * of Haswell and Zen).
 */
public final class ColumnBlocks {
  /** The kernels of which the sizes are those below. */
  private static final Set<String> KNOWN = Set.of("HASWELL", "ZEN");

  private static final int BLOCK = 320;
  private static final int UNROLL = 8;

  /**
   * Rows that are taken together. The first block of a product takes a rest of 8 or more otherwise
   * than the other blocks, so that a part would have other bits there.
   */
  private static final int ROWS = 12;

  private static final int REST = 8;

  /**
   * Multiplications of a part, at least: below, threads win nothing, and other kernels may be there
   * for small products.
   */
  private static final long LEAST = 1 << 21;

  private ColumnBlocks() {}

  /**
   * The first columns of the parts but the first, in ascending order; none where the product is
   * better done as one, or the kernels in use are not known.
   *
   * @param rows of x
   * @param inputs its columns
   * @param columns of the product
   * @param parts wanted
   */
  public static List<Integer> cuts(long rows, long inputs, int columns, int parts) {
    if (parts == 1 || rows % ROWS >= REST || !KNOWN.contains(KernelChoice.inUse())) {
      return List.of();
    }
    long least = Math.max(1, LEAST / (rows * inputs));
    List<Integer> cuts = new ArrayList<>();
    int begin = 0;
    for (int part = 1; part < parts; part++) {
      int cut = nearest(columns, begin, (int) ((long) columns * part / parts));
      if (cut - begin >= least && columns - cut >= least) {
        cuts.add(cut);
        begin = cut;
      }
    }
    return cuts;
  }

  /** Where a part may end that begins here, as near as can be to a column; 0 for nowhere. */
  private static int nearest(int columns, int begin, int wanted) {
    List<Integer> whole = blocks(columns - begin);
    int best = 0;
    int end = 0;
    for (int i = 0; i < whole.size() - 1; i++) {
      end += whole.get(i);
      boolean same = blocks(end).equals(whole.subList(0, i + 1));
      if (same && (best == 0 || Math.abs(begin + end - wanted) < Math.abs(best - wanted))) {
        best = begin + end;
      }
    }
    return best;
  }

  /** The blocks of so many columns. */
  static List<Integer> blocks(int columns) {
    List<Integer> blocks = new ArrayList<>();
    for (int left = columns; left > 0; left -= blocks.get(blocks.size() - 1)) {
      if (left >= 2 * BLOCK) {
        blocks.add(BLOCK);
      } else if (left > BLOCK) {
        blocks.add((left / 2 + UNROLL - 1) / UNROLL * UNROLL);
      } else {
        blocks.add(left);
      }
    }
    return blocks;
  }
}
