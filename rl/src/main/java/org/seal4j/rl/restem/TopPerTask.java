package org.seal4j.rl.restem;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.Candidate;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.Selection;

/**
 * Keeps the best few valid edits of each context, each with weight 1, so that every context gives
 * signal and easy ones do not dominate. Ranked by reward, then by the likelihood of the truth;
 * equal ones by who came first. As in SEAL's passage study (docs/seal.md §2.7), a context whose
 * best edit earned nothing still counts.
 *
 * <p>Differs from SEAL: there equal rewards go to the earlier sample at once; here the negative
 * log-likelihood of the truth decides first, which makes a sparse reward dense.
 *
 * @param keep edits kept per context (SEAL: 1 of 5)
 * @param ranking what makes an edit better than another
 */
public record TopPerTask(int keep, Ranking ranking) implements Selection {

  /** Orders of the edits of one context. */
  public enum Ranking {
    /** By reward, then by the likelihood of the truth. */
    REWARD,
    /**
     * By the likelihood of the truth alone: the dense reward. What the un-adapted model gives is
     * the same for all edits of a context, so the order is that of the gain too.
     */
    LIKELIHOOD;

    /**
     * What a self-edit is worth as one number: its reward, without what decides between equal ones,
     * or the log-likelihood of the truth per token, minus infinity where its training diverged.
     */
    public double worth(Outcome outcome) {
      return this == REWARD ? outcome.reward() : -outcome.negLogLikelihood();
    }
  }

  private static final Comparator<Candidate> BY_LIKELIHOOD =
      Comparator.comparingDouble(edit -> edit.outcome().negLogLikelihood());
  private static final Comparator<Candidate> BY_REWARD =
      Comparator.comparingDouble((Candidate edit) -> edit.outcome().reward())
          .reversed()
          .thenComparing(BY_LIKELIHOOD);

  public TopPerTask {
    Checks.require(keep >= 1, "keep must be >= 1 self-edit per context but was %d", keep);
  }

  /** Ranked by reward, then by likelihood. */
  public TopPerTask(int keep) {
    this(keep, Ranking.REWARD);
  }

  @Override
  public List<Double> weights(List<Candidate> round) {
    Map<String, List<Integer>> byContext = new LinkedHashMap<>();
    for (int i = 0; i < round.size(); i++) {
      if (round.get(i).valid()) {
        byContext.computeIfAbsent(round.get(i).contextId(), id -> new ArrayList<>()).add(i);
      }
    }
    List<Double> weights = new ArrayList<>(Collections.nCopies(round.size(), 0.0));
    for (List<Integer> edits : byContext.values()) {
      edits.sort(
          Comparator.comparing(round::get, ranking == Ranking.REWARD ? BY_REWARD : BY_LIKELIHOOD));
      edits.stream().limit(keep).forEach(i -> weights.set(i, 1.0));
    }
    return weights;
  }
}
