package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.Context;
import org.seal4j.rl.EditLanguage;
import org.seal4j.rl.Learner;
import org.seal4j.rl.SelfEdit;
import org.seal4j.rl.WeightedProposal;

/**
 * The M-step: an adapter is trained on the weighted likelihood of the selected self-edits behind
 * their prompts and merged into the weights. A small policy hardly moves where its adapter leaves
 * out the output head.
 *
 * <p>The E-step's selection enters as loss weights: an edit of weight w counts w times on its own
 * tokens and nowhere else.
 */
public final class AdapterLearner<C extends Context, E extends SelfEdit> implements Learner<C, E> {
  private final SharedModel model;
  private final EditLanguage<C, E> language;
  private final AdapterFit.Config config;

  public AdapterLearner(SharedModel model, EditLanguage<C, E> language, AdapterFit.Config config) {
    this.model = model;
    this.language = language;
    this.config = config;
  }

  @Override
  public List<Double> learn(List<WeightedProposal<C, E>> round, Seeds seeds) {
    List<TokenSequence> sequences = new ArrayList<>();
    for (WeightedProposal<C, E> line : round) {
      if (line.weight() > 0) {
        E edit = line.proposal().edit().orElseThrow();
        for (TokenSequence example : language.examples(line.context(), edit)) {
          sequences.add(weighted(example, line.weight()));
        }
      }
    }
    return sequences.isEmpty() ? List.of() : AdapterFit.merge(model, config, sequences, seeds);
  }

  private static TokenSequence weighted(TokenSequence example, double weight) {
    float[] weights = example.weights().clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (weights[i] * weight);
    }
    return new TokenSequence(example.ids(), example.positions(), weights);
  }
}
