/**
 * The transformer's operations as nodes of a SameDiff graph.
 *
 * <p>SameDiff is the graph: names, variables, constants and placeholders are its own, so a graph
 * can be listed, drawn and tested. Every {@link org.seal4j.model.graph.GraphOp} knows its output
 * shapes when it is built, emits its own gradient for the needed sides only, names its fused CPU
 * kernel, and can write the same maths in stock SameDiff ops. Entry type: {@link
 * org.seal4j.model.graph.Graph}.
 *
 * <p>Letters: b batch, t time, d model width, h heads, k head size, v vocabulary, n adapters side
 * by side, r LoRA rank. Activations are {@code [rows, width]} with rows = n * b * t, outermost
 * first. Nothing here executes anything and no other module but {@code data} is known.
 */
@Experimental
@NullMarked
package org.seal4j.model.graph;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
