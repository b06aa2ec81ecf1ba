package org.seal4j.scripts.passage;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.lora.train.InnerLoopMemory;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.Weights;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.Pretrained;
import org.seal4j.rl.experiment.Pretraining;
import org.seal4j.rl.keys.InnerKeys;
import org.seal4j.rl.keys.ModelKeys;
import org.seal4j.rl.keys.PretrainKeys;
import org.seal4j.rl.passage.PassageLanguage;
import org.seal4j.rl.passage.WorldPretraining;

/**
 * A small model of an invented world, as every experiment on passages begins: equal keys and an
 * equal root seed are the same model in the cache, whatever the kind of the recipe.
 *
 * @param model sizes of the transformer
 * @param pretrain how it is trained from scratch on the invented world
 * @param mixture what it is trained on
 * @param prompts how it is asked for self-edits and answers
 */
public record WorldModel(
    ModelKeys model, PretrainKeys pretrain, WorldMixtureKeys mixture, PromptsKeys prompts) {
  public WorldModel {
    Checks.require(
        pretrain.batch() == null,
        "pretrain.batch is %s, but mixture counts the sequences of a step; set it to null",
        String.valueOf(pretrain.batch()));
    Checks.inGroup("model", () -> model.config(2, 0, false));
    Checks.inGroup("pretrain", () -> mixture.training(pretrain));
    Checks.inGroup("mixture", () -> mixture.texts(pretrain.shards()));
    Checks.inGroup("prompts", () -> prompts.ofWorld(InventedWorld.tokenizer()));
  }

  /** Tokens and prompts of the invented world. */
  public PassageLanguage language() {
    return prompts.ofWorld(InventedWorld.tokenizer());
  }

  /** The world of a root seed. */
  public static InventedWorld world(Seeds root) {
    return new InventedWorld(root.child("world"));
  }

  /** The pretraining of the model under this root seed. */
  public Pretraining pretraining(Seeds root) {
    Seeds seeds = root.child("pretraining");
    PassageLanguage language = language();
    WorldPretraining.Config texts = mixture.texts(pretrain.shards());
    return new Pretraining(
        model.config(language.tokenizer().vocabSize(), 0, false),
        mixture.training(pretrain),
        mixture.shapes(pretrain.shards()),
        pretrain.embeddingStd(),
        pretrain.residualScale(),
        new WorldPretraining(world(root), language, texts, seeds.child("data")),
        seeds.child("init"),
        List.of(texts.cacheKey(), prompts.ofPretraining()),
        pretrain.checkpointEvery());
  }

  /** Refuses sizes that this process has not the memory for. */
  public void requireMemory() {
    pretraining(Seeds.of(0)).requireMemory();
  }

  /**
   * The same for adapters of the model.
   *
   * @param key of the recipe that says how they are trained
   */
  public void requireMemory(String key, InnerKeys how) {
    InnerLoopMemory.require(key, pretraining(Seeds.of(0)).model(), how.config());
  }

  /** Size of the model's weights. */
  public double weightsBytes() {
    return MemoryNeed.ofWeights(pretraining(Seeds.of(0)).model()).bytes();
  }

  /** The model from the cache, or trained now. The caller closes it. */
  public Pretrained obtain(Lab lab) {
    return lab.stage("pretraining", () -> lab.pretrained(pretraining(lab.seeds())));
  }

  /** A random model of the same sizes, to be described. */
  public Weights random() {
    return Weights.random(pretraining(Seeds.of(0)).model(), 1, 1, Seeds.of(0));
  }
}
