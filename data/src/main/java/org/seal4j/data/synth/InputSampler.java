package org.seal4j.data.synth;

import org.seal4j.data.arc.Grid;
import org.seal4j.data.seed.Rng;

/** Draws input grids that suit a rule. */
@FunctionalInterface
public interface InputSampler {

  /** A fresh input grid of this height and width. */
  Grid sample(Rng rng, Palette palette, int height, int width);
}
