package org.seal4j.rl;

import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.StopRule;

/**
 * How a language model reads a context and writes a self-edit, in tokens: what a domain adds so
 * that a model can be its policy and learn from selected edits. Pure.
 */
public interface EditLanguage<C extends Context, E extends SelfEdit> {
  /**
   * The prompt that the policy continues with a self-edit, restricted to a grammar where there is
   * one.
   */
  Prompt prompt(C context, Seeds seeds);

  /** Where a written self-edit ends. */
  StopRule stop();

  /** The text of written tokens, as {@link EditFormat#read} takes it. */
  String text(int[] tokens);

  /** The prompt with this self-edit behind it, with loss weight 1 on the self-edit alone. */
  TokenSequence example(C context, E edit);
}
