/**
 * Weights as files: safetensors in and out, checked to the last byte, and models of others.
 *
 * <p>Entry types: {@link org.seal4j.model.weights.ModelFolder} for any model that somebody has on
 * disk (Hugging Face folder, GGUF file, llama2.c checkpoint), {@link
 * org.seal4j.model.weights.WeightsFile} for the weights of a run, {@link
 * org.seal4j.model.weights.SafeTensors} for any named arrays. Knows nothing of training or
 * generation.
 */
@Experimental
@NullMarked
package org.seal4j.model.weights;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
