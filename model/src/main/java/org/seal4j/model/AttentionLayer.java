package org.seal4j.model;

import org.nd4j.autodiff.samediff.SDVariable;

/** How queries meet keys and values: over whole sequences, or over a cache. */
@FunctionalInterface
public interface AttentionLayer {
  /**
   * @param layer index of the decoder layer
   * @param q rotated queries {@code [rows, h * k]}
   * @param k rotated keys {@code [rows, kv * k]}
   * @param v values {@code [rows, kv * k]}
   * @return mixed values {@code [rows, h * k]}
   */
  SDVariable attend(int layer, SDVariable q, SDVariable k, SDVariable v);
}
