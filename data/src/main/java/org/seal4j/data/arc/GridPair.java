package org.seal4j.data.arc;

import java.util.stream.Stream;

/** One worked example of a grid task. */
public record GridPair(Grid input, Grid output) {

  /** Both grids. */
  Stream<Grid> grids() {
    return Stream.of(input, output);
  }
}
