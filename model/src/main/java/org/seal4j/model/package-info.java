/**
 * A small Llama-style decoder as a SameDiff graph: configuration, weights, and the graph itself.
 *
 * <p>Entry types: {@link org.seal4j.model.ModelConfig} (sizes), {@link org.seal4j.model.Weights}
 * (the arrays, named as in Hugging Face checkpoints) and {@link org.seal4j.model.CausalLm} (one
 * forward pass as graph nodes). Below it: {@code graph} (the ops), {@code kernel} (their
 * arithmetic), {@code autodiff} (gradients), {@code plan} (execution), {@code train} and {@code
 * generate}.
 */
@Experimental
@NullMarked
package org.seal4j.model;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
