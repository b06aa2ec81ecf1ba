package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.arc.LossWeights;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.Learner;
import org.seal4j.rl.WeightedProposal;
import org.seal4j.rl.inner.AdapterFit;

/**
 * The M-step on a small model: an adapter (output head included, else the policy cannot move) is
 * trained on the weighted likelihood of the selected edits and merged into the weights.
 *
 * <p>The E-step's selection is the loss-weight placeholder of the step's graph: an edit of weight w
 * counts w times on its own tokens and nowhere else.
 */
public final class ArcLearner implements Learner<ArcContext, FewShotEdit> {
  private final ArcModel model;
  private final AdapterFit.Config config;

  public ArcLearner(ArcModel model, AdapterFit.Config config) {
    this.model = model;
    this.config = config;
  }

  @Override
  public List<Double> learn(List<WeightedProposal<ArcContext, FewShotEdit>> round, Seeds seeds) {
    List<TokenSequence> sequences = new ArrayList<>();
    for (WeightedProposal<ArcContext, FewShotEdit> line : round) {
      if (line.weight() > 0) {
        sequences.add(sequence(line));
      }
    }
    return AdapterFit.merge(model.weights(), model.workers(), config, sequences, seeds);
  }

  private TokenSequence sequence(WeightedProposal<ArcContext, FewShotEdit> line) {
    FewShotEdit edit = line.proposal().edit().orElseThrow();
    TokenSequence plain =
        model
            .language()
            .sequences()
            .policyExample(
                line.context().task().demonstrations(),
                model.language().tokens(edit),
                LossWeights.editOnly());
    float[] weighted = new float[plain.length()];
    for (int i = 0; i < weighted.length; i++) {
      weighted[i] = (float) (plain.weights()[i] * line.weight());
    }
    return new TokenSequence(plain.ids(), plain.positions(), weighted);
  }
}
