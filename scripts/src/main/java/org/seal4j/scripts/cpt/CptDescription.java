package org.seal4j.scripts.cpt;

import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.GraphText;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;
import org.seal4j.scripts.experiment.InnerLoopText;

/** What a recipe builds, as text: the model, and the training steps of both methods. */
final class CptDescription {
  private final CptConfig config;

  CptDescription(CptConfig config) {
    this.config = config;
  }

  String text() {
    ModelConfig model = config.worldModel().pretraining(Seeds.of(0)).model();
    CptTraining training = config.training();
    int longest = config.pretrain().writingTokens() - 1;
    BatchShape shard = new BatchShape(training.batch() / training.shards(), longest);
    try (Weights weights = Weights.random(model, 1, 1, Seeds.of(0))) {
      StringBuilder text = new StringBuilder();
      text.append("%s%n%,d parameters%n".formatted(model, weights.parameterCount()));
      text.append("%nLoRA: a step on %d texts%n%n".formatted(training.batch()));
      text.append(InnerLoopText.of(weights, training.lora(), longest));
      text.append(
          "%nFull fine-tuning: one of %d shards of a step, %d texts%n%n"
              .formatted(training.shards(), shard.batch()));
      try (Worker worker = new Worker();
          LmStep step = LmStep.of(weights, name -> true, shard, worker)) {
        text.append(GraphText.describe(step.graph()));
      }
      return text.toString();
    }
  }
}
