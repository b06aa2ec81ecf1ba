package org.seal4j.model.graph;

import org.seal4j.data.check.Checks;

/**
 * How positions rotate query and key heads.
 *
 * @param headSize size k of one head, even
 * @param theta base of the geometric series of frequencies: 10000 in Llama 2; smaller for short
 *     texts
 * @param interleaved true where planes are neighbours (llama2.c), false where they are halves
 *     (Hugging Face checkpoints)
 * @param scaling how frequencies are lowered for long texts
 */
public record RopeConfig(int headSize, double theta, boolean interleaved, RopeScaling scaling) {
  public RopeConfig {
    Checks.require(
        headSize >= 2 && headSize % 2 == 0, "headSize must be even and >= 2 but was %d", headSize);
    Checks.require(theta > 1, "rope theta must be > 1 but was %s", theta);
  }

  /** Frequencies that are not scaled. */
  public RopeConfig(int headSize, double theta, boolean interleaved) {
    this(headSize, theta, interleaved, RopeScaling.none());
  }

  /** Angle per position of each of the k/2 planes: {@code theta^(-2i/k)}, scaled. */
  public float[] frequencies() {
    float[] f = new float[headSize / 2];
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) scaling.apply(StrictMath.pow(theta, -2.0 * i / headSize));
    }
    return f;
  }
}
