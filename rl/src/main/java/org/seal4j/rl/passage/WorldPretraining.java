package org.seal4j.rl.passage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.world.EditStyle;
import org.seal4j.data.world.Fact;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.data.world.Person;
import org.seal4j.data.world.Story;
import org.seal4j.model.train.BatchSource;

/**
 * What a small model learns of an invented world before the loop (docs/seal.md §6.1): passages
 * followed by a self-edit in a style drawn uniformly, so that the policy starts without a
 * preference; lists of names given twice, so that it learns to copy names; and statements and
 * questions about the pool {@link org.seal4j.data.world.PersonPool#RESIDENTS}, so that it learns to
 * answer. Batch {@code i} is a function of the seeds and of {@code i}.
 */
public final class WorldPretraining implements BatchSource {
  /** Persons of a list of names: half of the first names there are. */
  private static final int LISTED = 20;

  private static final String PERIOD = ".\n";

  private final InventedWorld world;
  private final PassageLanguage language;
  private final Config config;
  private final Seeds seeds;

  /**
   * @param shards equal parts of a batch; each begins with its passages
   * @param passages passages with a self-edit per shard
   * @param copyLists lists of names given twice, in different orders, per shard
   * @param facts statements of, and questions on, a fact per shard
   * @param passageTokens longest passage with self-edit, in tokens
   * @param factTokens longest statement or question, in tokens
   * @param passageWeight loss weight of the passage before a self-edit
   * @param factWeight loss weight of statements and questions
   * @param questionShare share of questions among them, in [0, 1]
   */
  public record Config(
      int shards,
      int passages,
      int copyLists,
      int facts,
      int passageTokens,
      int factTokens,
      double passageWeight,
      double factWeight,
      double questionShare) {
    public Config {
      Checks.require(
          shards >= 1 && passages >= 1 && facts >= 1,
          "pretraining needs shards, passages and facts >= 1 but they are %d, %d, %d",
          shards,
          passages,
          facts);
      Checks.require(copyLists >= 0, "copyLists must be >= 0 but was %d", copyLists);
      Checks.require(
          questionShare >= 0 && questionShare <= 1,
          "questionShare must be in [0, 1] but was %s",
          questionShare);
    }

    /** Sequences of a batch. */
    public int batch() {
      return shards * (passages + copyLists + facts);
    }

    /**
     * Part of the key by which pretrained models lie in the cache: they keep the words of 0.1.0.
     */
    public String cacheKey() {
      return ("Config[shards=%s, writings=%s, rollCalls=%s, residents=%s, writingTokens=%s, "
              + "residentTokens=%s, passageWeight=%s, residentWeight=%s, questionShare=%s]")
          .formatted(
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

  public WorldPretraining(
      InventedWorld world, PassageLanguage language, Config config, Seeds seeds) {
    this.world = world;
    this.language = language;
    this.config = config;
    this.seeds = seeds;
  }

  @Override
  public List<TokenSequence> batch(long step) {
    List<TokenSequence> batch = new ArrayList<>(config.batch());
    for (int shard = 0; shard < config.shards; shard++) {
      for (int i = 0; i < config.passages; i++) {
        batch.add(passage(seeds.child("writing", step, shard, i).rng()));
      }
      for (int i = 0; i < config.copyLists; i++) {
        batch.add(copyList(seeds.child("roll-call", step, shard, i).rng()));
      }
      for (int i = 0; i < config.facts; i++) {
        batch.add(fact(seeds.child("resident", step, shard, i).rng()));
      }
    }
    return batch;
  }

  private TokenSequence passage(Rng rng) {
    Story story = world.draw(rng);
    String edit = rng.pick(List.of(EditStyle.values())).write(story, rng);
    TokenSequence example = language.editExample(story.passage(), edit);
    Checks.require(
        example.length() <= config.passageTokens,
        "a passage with a self-edit has %d tokens; raise mixture.passageTokens (%d)",
        example.length(),
        config.passageTokens);
    float[] weights = example.weights().clone();
    for (int i = 1; i < weights.length && weights[i] == 0; i++) {
      weights[i] = (float) config.passageWeight;
    }
    return new TokenSequence(example.ids(), example.positions(), weights);
  }

  /**
   * Names whose first words all differ, then the same names in another order: the last word of a
   * name can be told by looking back, and in no other way. Passages say a name two or three times;
   * from them alone the model learns late, or never, to look back.
   */
  private TokenSequence copyList(Rng rng) {
    List<Person> persons = world.strangers(LISTED, rng);
    StringBuilder text = new StringBuilder();
    persons.forEach(person -> text.append(person.name()).append(PERIOD));
    List<Person> again = new ArrayList<>(persons);
    rng.shuffle(again);
    int at = length(text.toString());
    List<int[]> lastNames = new ArrayList<>();
    for (Person person : again) {
      text.append(person.name()).append(PERIOD);
      int from = at + length(person.first());
      int to = from + length(person.last());
      lastNames.add(new int[] {from, to});
      at = to + length(PERIOD);
    }
    TokenSequence document = language.document(text.toString());
    Checks.require(
        document.length() <= config.passageTokens,
        "a list of names has %d tokens; raise mixture.passageTokens (%d)",
        document.length(),
        config.passageTokens);
    int opening = document.length() - 1 - at;
    float[] weights = new float[document.length()];
    for (int[] name : lastNames) {
      Arrays.fill(weights, opening + name[0], opening + name[1], 1);
    }
    return new TokenSequence(document.ids(), document.positions(), weights);
  }

  /** Tokens of this text; those of a world's texts are words, which add up. */
  private int length(String text) {
    return language.tokenizer().encode(text).length;
  }

  private TokenSequence fact(Rng rng) {
    Fact fact = rng.pick(world.priorFacts());
    String text =
        rng.nextDouble() < config.questionShare
            ? InventedWorld.anyQuestion(fact, rng)
            : InventedWorld.anyStatement(fact, rng);
    TokenSequence document = language.document(text);
    float[] weights = new float[document.length()];
    Arrays.fill(weights, (float) config.factWeight);
    Checks.require(
        document.length() <= config.factTokens,
        "'%s' has %d tokens; raise mixture.factTokens (%d)",
        text,
        document.length(),
        config.factTokens);
    return new TokenSequence(document.ids(), document.positions(), weights);
  }
}
