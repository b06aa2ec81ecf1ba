/**
 * Low-rank adapters (Hu et al. 2021) over a frozen base: what they are, and where they sit.
 *
 * <p>Entry types: {@link org.seal4j.lora.LoraConfig}, {@link org.seal4j.lora.AdapterBank} (n
 * adapters in one batch). {@code lora.graph} writes them into a graph, {@code lora.train} trains
 * them. Letters: n adapters, r rank, in and out the widths of a linear.
 */
@Experimental
@NullMarked
package org.seal4j.lora;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
