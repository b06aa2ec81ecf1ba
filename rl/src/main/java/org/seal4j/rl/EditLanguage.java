package org.seal4j.rl;

import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.StopRule;

/**
 * How a language model reads a context and writes a self-edit, in tokens: what a domain adds so
 * that a model can be its policy and learn from selected edits. A self-edit may be written in
 * parts, each behind a prompt of its own; most domains have one ({@link OnePrompt}). Pure.
 */
public interface EditLanguage<C extends Context, E extends SelfEdit> {
  /**
   * The prompts that the policy continues, each with a part of the self-edit, restricted to a
   * grammar where there is one. At least one, and as many for every edit of a context.
   */
  List<Prompt> prompts(C context, Seeds seeds);

  /** Where a written part ends. */
  StopRule stop();

  /**
   * The text of written tokens, as {@link EditFormat#read} takes it.
   *
   * @param parts one for each prompt, in their order
   */
  String text(List<int[]> parts);

  /**
   * What a policy learns from that is to write this self-edit: a prompt with its part behind it,
   * with loss weight 1 on the part alone. Parts that are worth nothing may be left out.
   */
  List<TokenSequence> examples(C context, E edit);

  /**
   * All that was written, in the same form: what a policy gradient counts, of parts that are worth
   * nothing too. Where nothing is left out, the examples.
   */
  default List<TokenSequence> written(C context, E edit) {
    return examples(context, edit);
  }

  /** A language in which one continuation is a self-edit. */
  interface OnePrompt<C extends Context, E extends SelfEdit> extends EditLanguage<C, E> {
    /** The prompt that the policy continues with a self-edit. */
    Prompt prompt(C context, Seeds seeds);

    /** The text of written tokens. */
    String text(int[] tokens);

    /** The prompt with this self-edit behind it, with loss weight 1 on the self-edit alone. */
    TokenSequence example(C context, E edit);

    @Override
    default List<Prompt> prompts(C context, Seeds seeds) {
      return List.of(prompt(context, seeds));
    }

    @Override
    default String text(List<int[]> parts) {
      return text(parts.get(0));
    }

    @Override
    default List<TokenSequence> examples(C context, E edit) {
      return List.of(example(context, edit));
    }
  }
}
