package org.seal4j.model.generate;

import org.seal4j.model.blas.BlasKernel;
import org.seal4j.model.blas.KernelChoice;

/**
 * Into which steps a prompt is cut when it is read: chunks that begin at multiples of their length,
 * and within a chunk pieces.
 *
 * <p>BLAS chooses its arithmetic, and so the last bits, by the rows of a call. OpenBLAS's kernels
 * for AVX2 take twelve rows at a time and what is left of a call otherwise: in calls of whole
 * twelves a row has the same bits, whatever stands beside it. So the pieces of a chunk are twelves,
 * of all prompts in one call; the last piece goes to the end of the chunk, a call for each prompt.
 * That gives the bits of the whole chunk. With other kernels chunks are not cut.
 *
 * @param chunk tokens of a chunk
 * @param length tokens of a piece
 */
record Pieces(int chunk, int length) {
  private static final int TWELVE = 12;

  /** Prompts of a call, at least: fewer are not faster. */
  private static final int FEWEST = 4;

  /** No piece but the chunk itself. */
  static Pieces whole(int chunk) {
    return new Pieces(chunk, chunk);
  }

  /** Pieces of twelve tokens, where the kernels in use allow it. */
  static Pieces ofTwelve(int chunk) {
    boolean twelves = BlasKernel.sameBits(BlasKernel.HASWELL.name(), KernelChoice.inUse());
    return new Pieces(chunk, twelves ? Math.min(chunk, TWELVE) : chunk);
  }

  /** Whether chunks are cut at all. */
  boolean cuts() {
    return length < chunk;
  }

  /** The last place up to this one at which a prompt may be cut. */
  int cut(int place) {
    int begin = place / chunk * chunk;
    return begin + Math.min((place - begin) / length, chunk / length - 1) * length;
  }

  /** Tokens of the piece that begins at a cut. */
  int from(int cut) {
    int within = cut % chunk;
    return within + 2 * length > chunk ? chunk - within : length;
  }

  /** The step that reads these tokens of so many rows. */
  StepShape step(int rows, int tokens, int capacity) {
    return tokens == length && cuts()
        ? StepShape.read(rows(rows), tokens, 1, capacity)
        : StepShape.read(rows, tokens, capacity);
  }

  /** Rows of the cache that steps of so many rows may touch. */
  int rows(int rows) {
    return cuts() ? Math.max(FEWEST, rows) : rows;
  }
}
