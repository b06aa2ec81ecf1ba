/**
 * Writing and scoring text: {@link org.seal4j.model.generate.Generator} decodes prompts token by
 * token over a key-value cache, {@link org.seal4j.model.generate.Scorer} tells how likely given
 * continuations are. {@link org.seal4j.model.generate.ContinuousBatch} decodes requests that come
 * and go, each as the generator decodes it alone.
 *
 * <p>Both are laws before they are code. What a prompt is answered with depends on the prompt, its
 * seeds and the weights, and neither on the other prompts of the batch, their number nor their
 * order: every random draw comes from the prompt's own seeds, prompts are read in calls of one row
 * each, and tokens are written by a kernel that treats every row alike, because BLAS chooses its
 * kernels, and so the last bits, by the number of rows. Decoding over the cache gives the logits of
 * a full forward pass to about 1e-5, not to the bit, since the two have products of different
 * shapes.
 *
 * <p>Letters: b rows of a batch, s new tokens per row and step, v vocabulary, n adapters. Uses the
 * decoder of the model module and plans; knows no adapter: these come in through {@link
 * org.seal4j.model.generate.LinearBank}. May not import {@code org.seal4j.model.train}.
 */
@Experimental
@NullMarked
package org.seal4j.model.generate;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
