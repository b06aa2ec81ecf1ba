/**
 * The loop's ports on local threads, for grid tasks: the policy, the executor and the learner that
 * work on one small model in memory. The only package of this room that sees {@code lora}, {@code
 * model} and ND4J.
 *
 * <p>Entry types: {@link org.seal4j.rl.local.ArcLanguage} (tokens), {@link
 * org.seal4j.rl.local.ArcPretraining} (data from which the small model learns), {@code ArcPolicy},
 * {@code ArcExecutor}, {@code ArcLearner}.
 */
@NullMarked
package org.seal4j.rl.local;

import org.jspecify.annotations.NullMarked;
