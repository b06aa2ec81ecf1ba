package org.seal4j.rl.grid;

import org.seal4j.model.ModelConfig;

/** A model of one layer for the tests of grids. */
public final class SmallGridModel {
  private SmallGridModel() {}

  public static ModelConfig of(GridLanguage language) {
    return new ModelConfig(
        language.vocabulary().size(),
        16,
        1,
        2,
        2,
        8,
        24,
        1e-5,
        100,
        false,
        false,
        false,
        language.pairPositions());
  }
}
