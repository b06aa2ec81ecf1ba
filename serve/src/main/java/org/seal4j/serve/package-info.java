/**
 * A server of one model and many adapters that speaks the protocol of OpenAI. Entry type: {@link
 * org.seal4j.serve.Server}; {@code docs/serving.md} says what it answers.
 *
 * <p>Inside, arrows lead one way: {@code endpoint} to {@code answer}, {@code adapter}, {@code job},
 * {@code access} and {@code protocol}; these to {@code http}, which knows no other package of the
 * server. The texts are written by {@code org.seal4j.lora.serving}. May not be imported here: the
 * command line, recipes, the self-edit loop.
 */
@NullMarked
@Experimental
package org.seal4j.serve;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
