package org.seal4j.scripts.passage;

import java.util.List;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.passage.PassageLanguage;
import org.seal4j.rl.passage.WorldPretraining;
import org.seal4j.scripts.experiment.Groups;
import org.seal4j.scripts.experiment.ModelSizes;
import org.seal4j.scripts.experiment.Pretrained;
import org.seal4j.scripts.experiment.Pretrainer;
import org.seal4j.scripts.experiment.Pretraining;
import org.seal4j.scripts.run.RunContext;

/**
 * A small model of an invented world, as every experiment on passages begins: equal keys and an
 * equal root seed are the same model in the cache, whatever the kind of the recipe.
 *
 * @param model sizes of the transformer
 * @param pretrain how it is trained from scratch on the invented world
 * @param prompts how it is asked for self-edits and answers
 */
public record WorldModel(ModelSizes model, WorldPretrainConfig pretrain, PromptsConfig prompts) {
  public WorldModel {
    Groups.check("model", () -> model.config(2, 0));
    Groups.check("pretrain", pretrain::training);
    Groups.check("pretrain", pretrain::texts);
    Groups.check("prompts", () -> prompts.ofWorld(InventedWorld.tokenizer()));
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
    ModelConfig sizes = model.config(language.tokenizer().vocabSize(), 0);
    return new Pretraining(
        sizes,
        pretrain.training(),
        pretrain.shapes(),
        pretrain.embeddingStd(),
        pretrain.residualScale(),
        new WorldPretraining(world(root), language, pretrain.texts(), seeds.child("data")),
        seeds.child("init"),
        List.of(pretrain.texts().cacheKey(), prompts.ofPretraining()),
        pretrain.checkpointEvery());
  }

  /** The model from the cache, or trained now; says which. The caller closes it. */
  public Pretrained obtain(RunContext context, Workers workers) {
    Pretrainer pretrainer = new Pretrainer(context, pretraining(context.seeds()));
    context.say(
        (pretrainer.isCached() ? "pretrained model from " : "pretraining into ")
            + pretrainer.folder());
    return pretrainer.obtain(workers);
  }
}
