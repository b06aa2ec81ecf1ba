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
 * What a small model learns of an invented world before the loop (docs/seal.md §6.1): passages with
 * a self-edit behind them in a style drawn uniformly, so that the policy starts out without any
 * preference; roll calls, so that it copies names as they were; and statements and questions about
 * residents, so that it knows what a question asks for. Batch {@code i} is a function of the seeds
 * and of {@code i}.
 */
public final class WorldPretraining implements BatchSource {
  /** Persons of a roll call: half of the first names there are. */
  private static final int CALLED = 20;

  private static final String PERIOD = ".\n";

  private final InventedWorld world;
  private final PassageLanguage language;
  private final Config config;
  private final Seeds seeds;

  /**
   * @param shards equal parts of a batch; each begins with its passages
   * @param writings passages with self-edits per shard
   * @param rollCalls lists of names said twice, in different orders, per shard
   * @param residents short texts about residents per shard
   * @param writingTokens longest passage with self-edit, in tokens
   * @param residentTokens longest short text, in tokens
   * @param passageWeight loss weight of the passage before a self-edit
   * @param residentWeight loss weight of short texts
   * @param questionShare share of questions among short texts
   */
  public record Config(
      int shards,
      int writings,
      int rollCalls,
      int residents,
      int writingTokens,
      int residentTokens,
      double passageWeight,
      double residentWeight,
      double questionShare) {
    public Config {
      Checks.require(
          shards >= 1 && writings >= 1 && residents >= 1,
          "pretraining needs shards, writings and residents >= 1 but they are %d, %d, %d",
          shards,
          writings,
          residents);
      Checks.require(rollCalls >= 0, "pretrain.rollCalls must be >= 0 but was %d", rollCalls);
      Checks.require(
          questionShare >= 0 && questionShare <= 1,
          "pretrain.questionShare must be in [0, 1] but was %s",
          questionShare);
    }

    /** Sequences of a batch. */
    public int batch() {
      return shards * (writings + rollCalls + residents);
    }

    /** Part of the key by which pretrained models lie in the cache: these words never change. */
    public String cacheKey() {
      return ("Config[shards=%s, writings=%s, rollCalls=%s, residents=%s, writingTokens=%s, "
              + "residentTokens=%s, passageWeight=%s, residentWeight=%s, questionShare=%s]")
          .formatted(
              shards,
              writings,
              rollCalls,
              residents,
              writingTokens,
              residentTokens,
              passageWeight,
              residentWeight,
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
      for (int i = 0; i < config.writings; i++) {
        batch.add(writing(seeds.child("writing", step, shard, i).rng()));
      }
      for (int i = 0; i < config.rollCalls; i++) {
        batch.add(rollCall(seeds.child("roll-call", step, shard, i).rng()));
      }
      for (int i = 0; i < config.residents; i++) {
        batch.add(resident(seeds.child("resident", step, shard, i).rng()));
      }
    }
    return batch;
  }

  private TokenSequence writing(Rng rng) {
    Story story = world.draw(rng);
    String edit = rng.pick(List.of(EditStyle.values())).write(story, rng);
    TokenSequence example = language.editExample(story.passage(), edit);
    Checks.require(
        example.length() <= config.writingTokens,
        "a passage with a self-edit has %d tokens; raise pretrain.writingTokens (%d)",
        example.length(),
        config.writingTokens);
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
  private TokenSequence rollCall(Rng rng) {
    List<Person> persons = world.strangers(CALLED, rng);
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
        document.length() <= config.writingTokens,
        "a roll call has %d tokens; raise pretrain.writingTokens (%d)",
        document.length(),
        config.writingTokens);
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

  private TokenSequence resident(Rng rng) {
    Fact fact = rng.pick(world.residentFacts());
    String text =
        rng.nextDouble() < config.questionShare
            ? InventedWorld.anyQuestion(fact, rng)
            : InventedWorld.anyStatement(fact, rng);
    TokenSequence document = language.document(text);
    float[] weights = new float[document.length()];
    Arrays.fill(weights, (float) config.residentWeight);
    Checks.require(
        document.length() <= config.residentTokens,
        "'%s' has %d tokens; raise pretrain.residentTokens (%d)",
        text,
        document.length(),
        config.residentTokens);
    return new TokenSequence(document.ids(), document.positions(), weights);
  }
}
