/**
 * Weights as files: safetensors in and out, checked to the last byte.
 *
 * <p>Entry types: {@link org.seal4j.model.weights.WeightsFile} for the weights of a model, {@link
 * org.seal4j.model.weights.SafeTensors} for any named arrays. Knows nothing of training or
 * generation.
 */
@NullMarked
package org.seal4j.model.weights;

import org.jspecify.annotations.NullMarked;
