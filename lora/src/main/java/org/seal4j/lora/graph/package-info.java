/**
 * Adapters as graph nodes: {@link org.seal4j.lora.graph.LoraLinear} applies n adapters to n equal
 * groups of rows over one frozen base.
 */
@Experimental
@NullMarked
package org.seal4j.lora.graph;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
