package org.seal4j.rl.passage;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.Learner;
import org.seal4j.rl.WeightedProposal;
import org.seal4j.rl.inner.AdapterFit;

/**
 * The M-step on passages (docs/seal.md §2.7): fine-tuning on the selected self-edits behind their
 * prompts, with loss on the self-edit alone, its weight the selection's.
 */
public final class PassageLearner implements Learner<PassageContext, KnowledgeEdit> {
  private final PassageModel model;
  private final AdapterFit.Config config;

  public PassageLearner(PassageModel model, AdapterFit.Config config) {
    this.model = model;
    this.config = config;
  }

  @Override
  public List<Double> learn(
      List<WeightedProposal<PassageContext, KnowledgeEdit>> round, Seeds seeds) {
    List<TokenSequence> sequences = new ArrayList<>();
    for (WeightedProposal<PassageContext, KnowledgeEdit> line : round) {
      if (line.weight() > 0) {
        String text = line.proposal().edit().orElseThrow().text();
        sequences.add(model.language().editExample(line.context().passage(), text, line.weight()));
      }
    }
    return AdapterFit.merge(model.weights(), model.workers(), config, sequences, seeds);
  }
}
