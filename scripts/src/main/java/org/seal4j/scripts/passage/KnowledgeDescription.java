package org.seal4j.scripts.passage;

import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.GraphText;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;
import org.seal4j.scripts.experiment.InnerLoopText;

/**
 * What a recipe builds, as text: the model, and the graphs of the three trainings, each node with
 * its shape, each parameter with whether it is trained. Shapes are those of the longest sequence.
 */
final class KnowledgeDescription {
  private final KnowledgeConfig config;

  KnowledgeDescription(KnowledgeConfig config) {
    this.config = config;
  }

  String text() {
    ModelConfig model = config.worldModel().pretraining(Seeds.of(0)).model();
    BatchShape shape = config.pretrain().shapes().get(0);
    InnerLoopConfig inner = config.adapt().innerLoop();
    InnerLoopConfig learn = config.learn().learner().adapter();
    int longest = config.pretrain().writingTokens() - 1;
    try (Weights weights = Weights.random(model, 1, 1, Seeds.of(0))) {
      StringBuilder text = new StringBuilder();
      text.append("%s%n%,d parameters%n".formatted(model, weights.parameterCount()));
      text.append(
          "%nPretraining step: one of %d shards of %d passages with self-edits%n%n"
              .formatted(config.pretrain().shards(), shape.batch()));
      try (Worker worker = new Worker();
          LmStep step = LmStep.of(weights, name -> true, shape, worker)) {
        text.append(GraphText.describe(step.graph()));
      }
      text.append(
          "%nInner-loop step: %d adapters side by side, %d texts each%n%n"
              .formatted(inner.adaptersPerGroup(), inner.batch()));
      text.append(InnerLoopText.of(weights, inner, longest));
      text.append(
          "%nM-step: one adapter, %d self-edits; the selection's weights enter as %s%n%n"
              .formatted(learn.batch(), LmStep.LOSS_WEIGHTS));
      text.append(InnerLoopText.of(weights, learn, longest));
      return text.toString();
    }
  }
}
