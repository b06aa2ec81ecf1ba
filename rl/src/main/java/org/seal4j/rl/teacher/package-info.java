/**
 * Another model behind an OpenAI-compatible HTTP address: as the writer of synthetic data that
 * self-edits are compared with, and as the judge of answers (docs/seal.md §2.2, §2.5). Both are off
 * unless a recipe names an address.
 *
 * <p>Entry types: {@link org.seal4j.rl.teacher.ChatClient}, {@link org.seal4j.rl.teacher.Teacher}
 * and {@link org.seal4j.rl.teacher.LlmJudge}. May not be imported here: ND4J, Arrow, the model and
 * lora modules. Keys come from the environment and appear in no message, journal or manifest.
 */
@Experimental
@NullMarked
package org.seal4j.rl.teacher;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
