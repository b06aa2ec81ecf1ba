package org.seal4j.rl.keys;

import org.jspecify.annotations.Nullable;
import org.seal4j.rl.Selection;
import org.seal4j.rl.dpo.BestAndWorst;
import org.seal4j.rl.grpo.AllThatDiffer;
import org.seal4j.rl.restem.TopPerTask;

/** How a policy learns from the evaluated self-edits of a round. */
public enum Learning {
  /** By the likelihood of those that a selection keeps (Singh et al. 2024, arXiv 2312.06585). */
  RESTEM,
  /** By the advantage of each within its context (Shao et al. 2024, arXiv 2402.03300). */
  GRPO,
  /** By preferring the best of a context to its worst (Rafailov et al. 2023, arXiv 2305.18290). */
  DPO;

  /** The way that a recipe names; {@link #RESTEM} where it names none. */
  public static Learning of(@Nullable Learning named) {
    return named == null ? RESTEM : named;
  }

  /**
   * The self-edits that it learns from.
   *
   * @param kept the selection of {@link #RESTEM}
   * @param ranking what a self-edit is worth to the others
   */
  public Selection selection(Selection kept, TopPerTask.Ranking ranking) {
    return switch (this) {
      case RESTEM -> kept;
      case GRPO -> new AllThatDiffer(ranking);
      case DPO -> new BestAndWorst(ranking);
    };
  }
}
