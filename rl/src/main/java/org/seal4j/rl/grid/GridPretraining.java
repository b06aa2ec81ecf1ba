package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.arc.LossWeights;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.synth.Family;
import org.seal4j.model.train.BatchSource;

/**
 * What the small model learns before the loop: the pairs of random tasks of the pretraining
 * families, followed by a self-edit drawn uniformly, so that the policy starts out without any
 * preference. Some sequences begin with a hint that names the family; hints are never used later
 * (docs/seal.md §6.2).
 *
 * <p>Batch {@code i} is a function of the seeds and of {@code i}.
 */
public final class GridPretraining implements BatchSource {
  private static final int LENGTH_STEP = 32;

  /** Of a pair of grids of one cell: each a cell and the end of its row. */
  private static final int FEWEST_TOKENS = 4;

  private final GridLanguage language;
  private final EditSchema schema;
  private final List<Family> families;
  private final Config config;
  private final Seeds seeds;

  /**
   * @param batch sequences per step
   * @param steps steps of the whole run: over them the hints get rarer
   * @param fewestDemonstrations fewest pairs per sequence besides the last
   * @param demonstrations most pairs per sequence besides the last; each number equally likely
   * @param hintShare share of hinted sequences at the start
   * @param lastHintShare share at the end
   * @param lossWeights weight of each kind of token
   * @param maxTokens longest sequence; longer tasks are drawn again
   */
  public record Config(
      int batch,
      long steps,
      int fewestDemonstrations,
      int demonstrations,
      double hintShare,
      double lastHintShare,
      LossWeights lossWeights,
      int maxTokens) {
    public Config {
      Checks.require(
          fewestDemonstrations >= 1 && demonstrations >= fewestDemonstrations,
          "pretraining needs 1 <= fewest <= most demonstrations, got %d and %d",
          fewestDemonstrations,
          demonstrations);
      Checks.require(
          FEWEST_TOKENS * (double) demonstrations <= maxTokens,
          "%d demonstrations cannot fit into sequences of %d tokens: each takes at least %d",
          demonstrations,
          maxTokens,
          FEWEST_TOKENS);
      Checks.require(
          hintShare >= 0 && hintShare <= 1 && lastHintShare >= 0 && lastHintShare <= 1,
          "hint shares must be in [0, 1] but are %s and %s",
          hintShare,
          lastHintShare);
    }

    /** Part of the key by which pretrained models lie in the cache: these words never change. */
    public String cacheKey() {
      return ("Config[batch=%s, steps=%s, fewestDemonstrations=%s, demonstrations=%s, "
              + "hintShare=%s, lastHintShare=%s, lossWeights=%s, maxTokens=%s]")
          .formatted(
              batch,
              steps,
              fewestDemonstrations,
              demonstrations,
              hintShare,
              lastHintShare,
              lossWeights.cacheKey(),
              maxTokens);
    }
  }

  public GridPretraining(
      GridLanguage language, EditSchema schema, List<Family> families, Config config, Seeds seeds) {
    Checks.require(!families.isEmpty(), "pretraining needs at least one family of tasks");
    this.language = language;
    this.schema = schema;
    this.families = List.copyOf(families);
    this.config = config;
    this.seeds = seeds;
  }

  @Override
  public List<TokenSequence> batch(long step) {
    List<TokenSequence> batch = new ArrayList<>(config.batch);
    double share =
        config.hintShare
            + (config.lastHintShare - config.hintShare)
                * step
                / Math.max(1.0, (double) config.steps);
    for (int i = 0; i < config.batch; i++) {
      Rng rng = seeds.child("pretraining", step, i).rng();
      batch.add(sequence(rng, share));
    }
    // Long ones first: parts of a batch are padded to their own longest sequence.
    batch.sort(Comparator.comparingInt(sequence -> -sequence.length() / LENGTH_STEP));
    return batch;
  }

  private TokenSequence sequence(Rng rng, double hintShare) {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int family = rng.nextInt(families.size());
      ArcTask task = families.get(family).task(rng, "pretraining", demonstrations(rng));
      if (language.sequences().fits(task, config.maxTokens - language.edits().length() - 2)) {
        return sequence(task, family, rng, hintShare);
      }
    }
    throw Checks.refuse(
        "no pretraining task fits %d tokens in 1000 draws; raise data.maxTokens or shrink the grids",
        config.maxTokens);
  }

  private int demonstrations(Rng rng) {
    return config.fewestDemonstrations == config.demonstrations
        ? config.demonstrations
        : rng.between(config.fewestDemonstrations, config.demonstrations);
  }

  private TokenSequence sequence(ArcTask task, int family, Rng rng, double hintShare) {
    List<GridPair> pairs = new ArrayList<>(task.demonstrations());
    pairs.add(task.test());
    int[] edit = language.tokens(schema.draw(rng));
    TokenSequence sequence = language.sequences().policyExample(pairs, edit, config.lossWeights);
    return rng.nextDouble() < hintShare ? language.sequences().hinted(sequence, family) : sequence;
  }
}
