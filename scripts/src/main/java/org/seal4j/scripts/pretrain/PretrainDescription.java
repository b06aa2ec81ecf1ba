package org.seal4j.scripts.pretrain;

import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.GraphText;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;

/** What a recipe builds, as text: the model and its training step. */
final class PretrainDescription {
  private PretrainDescription() {}

  static String of(TextPretrainConfig config) {
    ModelConfig model = config.modelConfig(config.vocabSize());
    BatchShape shape =
        new BatchShape(config.pretrain().batch() / config.pretrain().shards(), config.context());
    try (Weights weights = Weights.random(model, 1, 1, Seeds.of(0));
        Worker worker = new Worker();
        LmStep step = LmStep.of(weights, name -> true, shape, worker)) {
      return "%s%n%,d parameters%n%nTraining step: one of %d shards of %d windows%n%n%s"
          .formatted(
              model,
              weights.parameterCount(),
              config.pretrain().shards(),
              shape.batch(),
              GraphText.describe(step.graph()));
    }
  }
}
