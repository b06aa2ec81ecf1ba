package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.rl.keys.PretrainKeys;
import org.seal4j.rl.passage.WorldPretraining;

/**
 * What the transformer is pretrained on: texts of an invented world, in these numbers per shard.
 *
 * @param passages passages with a self-edit behind them
 * @param copyLists lists of names given twice in different orders: they teach copying
 * @param facts short texts about persons whom the model is to know before any passage
 * @param passageTokens longest passage with its self-edit, in tokens
 * @param factTokens longest short text, in tokens
 * @param passageWeight loss weight of the passage before a self-edit, 0 or more
 * @param factWeight loss weight of short texts, 0 or more
 * @param questionShare share of questions among short texts, in [0, 1]
 */
public record WorldMixtureKeys(
    int passages,
    int copyLists,
    int facts,
    int passageTokens,
    int factTokens,
    double passageWeight,
    double factWeight,
    double questionShare) {
  public WorldMixtureKeys {
    Checks.require(
        (double) passages + copyLists + facts <= Integer.MAX_VALUE,
        "passages, copyLists and facts add up to more texts than a batch can have (%,d)",
        Integer.MAX_VALUE);
    Checks.require(
        passageWeight >= 0, "mixture.passageWeight must be >= 0 but was %s", passageWeight);
    Checks.require(factWeight >= 0, "mixture.factWeight must be >= 0 but was %s", factWeight);
  }

  /** The trainer's numbers: each shard counts as two, its long texts and its short ones. */
  TrainConfig training(PretrainKeys how) {
    double sequences = how.shards() * (double) (passages + copyLists + facts);
    Checks.require(
        sequences <= Integer.MAX_VALUE && how.shards() <= Integer.MAX_VALUE / 2,
        "pretrain.shards times the texts of mixture is more than a batch can have (%,d)",
        Integer.MAX_VALUE);
    return how.training((int) sequences, 2 * how.shards());
  }

  /** Shapes of the trainer's shards; the last token of a text is read by no one. */
  List<BatchShape> shapes(int shards) {
    List<BatchShape> shapes = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      shapes.add(new BatchShape(passages + copyLists, passageTokens - 1));
      shapes.add(new BatchShape(facts, factTokens - 1));
    }
    return shapes;
  }

  /** The same for the source of the texts. */
  WorldPretraining.Config texts(int shards) {
    return new WorldPretraining.Config(
        shards,
        passages,
        copyLists,
        facts,
        passageTokens,
        factTokens,
        passageWeight,
        factWeight,
        questionShare);
  }
}
