package org.seal4j.model.kernel;

import java.nio.FloatBuffer;
import org.seal4j.data.check.Checks;

/**
 * A matrix {@code [n, k]} that is not trained, as a copy on the Java heap, mostly in fewer bits.
 * Threads may share it; what is written into the weight later does not reach it.
 *
 * <p>It is laid out for products with few rows ({@link FrozenGemm}). A word of 32 bits holds the
 * numbers of one input and several outputs, which are eight apart; eight words stand together, then
 * those of the next input. So a vector of words becomes vectors of float32 by shifts and masks
 * alone. Outputs are filled up with zeros to groups of {@link #GROUP}.
 */
public abstract sealed class FrozenWeight permits PackedWeight, Bf16Weight, Int8Weight {
  /** Outputs that a row meets together: eight vectors. */
  static final int GROUP = 8 * Lanes.W;

  /** Outputs that four rows meet together: two vectors. */
  static final int PANEL = 2 * Lanes.W;

  private final int outputs;
  private final int inputs;
  private final int perWord;
  private final int[] words;

  /**
   * @param perWord numbers in a word
   */
  FrozenWeight(Tensor weight, int perWord) {
    outputs = weight.size(0);
    inputs = weight.size(1);
    this.perWord = perWord;
    int stored = (outputs + GROUP - 1) / GROUP * GROUP;
    words = new int[Math.multiplyExact(stored / perWord, inputs)];
  }

  /**
   * A copy of a weight.
   *
   * @param form any but float32
   * @param weight float32 {@code [n, k]}, all finite
   */
  public static FrozenWeight of(WeightForm form, Tensor weight) {
    return switch (form) {
      case PACKED -> new PackedWeight(weight);
      case BF16 -> new Bf16Weight(weight);
      case INT8 -> new Int8Weight(weight);
      case FLOAT32 -> throw Checks.refuse("a float32 weight is used as it is, not copied");
    };
  }

  /** n. */
  public final int outputs() {
    return outputs;
  }

  /** k. */
  public final int inputs() {
    return inputs;
  }

  /** The numbers that are multiplied with, as float32 {@code [n, k]}. */
  public final float[] widened() {
    float[] panels = new float[GROUP * inputs];
    float[] wide = new float[outputs * inputs];
    for (int o = 0; o < outputs; o++) {
      if (o % GROUP == 0) {
        widen(o, 0, inputs, panels);
      }
      int at = o % GROUP / PANEL * PANEL * inputs + o % PANEL;
      for (int i = 0; i < inputs; i++) {
        wide[o * inputs + i] = scale(o) * panels[at + i * PANEL];
      }
    }
    return wide;
  }

  /** Stores the rows of a weight one by one. */
  final void store(Tensor weight, Numbers numbers) {
    FloatBuffer from = weight.f();
    float[] row = new float[inputs];
    int width = Integer.SIZE / perWord;
    int mask = (int) ((1L << width) - 1);
    for (int o = 0; o < outputs; o++) {
      from.get(o * inputs, row, 0, inputs);
      int at = firstWord(o) + o % Lanes.W;
      int shift = o / Lanes.W % perWord * width;
      numbers.begin(o, row);
      for (int i = 0; i < inputs; i++) {
        words[at + i * Lanes.W] |= (numbers.bits(o, row[i]) & mask) << shift;
      }
    }
  }

  /** How the numbers of a weight become bits. */
  interface Numbers {
    /** Hears of a row before its numbers are asked for. */
    default void begin(int output, float[] row) {}

    /** A number in the lowest bits. */
    int bits(int output, float x);
  }

  /** The first word of the eight that hold an output's number for input 0. */
  final int firstWord(int output) {
    int together = Lanes.W * perWord;
    return output / together * inputs * Lanes.W;
  }

  final int[] words() {
    return words;
  }

  /**
   * The stored numbers of a group of outputs and some inputs as float32: in panels of sixteen
   * outputs, each {@code [length, 16]}.
   *
   * @param output the first of the group
   * @param input the first
   */
  abstract void widen(int output, int input, int length, float[] to);

  /**
   * The products of one row with a group of outputs.
   *
   * @param x the row from {@code x0} on, {@code [k]}
   * @param output the first of the group
   * @param y where they go from {@code y0} on, {@code [64]}
   */
  abstract void one(float[] x, int x0, int output, float[] y, int y0);

  /** What the sums of an output are multiplied with. */
  abstract float scale(int output);
}
