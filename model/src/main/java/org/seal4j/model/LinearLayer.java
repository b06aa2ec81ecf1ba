package org.seal4j.model;

import org.nd4j.autodiff.samediff.SDVariable;

/** How a linear module is applied: the base model's product, or that plus an adapter's delta. */
@FunctionalInterface
public interface LinearLayer {
  /**
   * @param module full module name, such as {@code model.layers.3.self_attn.q_proj} or {@code
   *     lm_head}
   * @param x input rows {@code [rows, in]}
   * @return output rows {@code [rows, out]}
   */
  SDVariable apply(String module, SDVariable x);
}
