package org.seal4j.scripts.arc;

import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.LoraGraph;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.GraphText;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;

/**
 * What a recipe builds, as text: the model, and the graphs of the three trainings, each node with
 * its shape, each parameter with whether it is trained. Shapes are those of the longest sequence.
 */
final class ArcDescription {
  private final ArcConfig config;

  ArcDescription(ArcConfig config) {
    this.config = config;
  }

  String text() {
    ModelConfig model = config.modelConfig();
    PretrainConfig pretrain = config.pretrain();
    InnerLoopConfig inner = config.adapt().innerLoop();
    InnerLoopConfig learn = config.learn().learner().adapter();
    try (Weights weights = Weights.random(model, 1, 1, Seeds.of(0))) {
      StringBuilder text = new StringBuilder();
      text.append(
          "%s%n%,d parameters%n%d self-edits: %s%n"
              .formatted(
                  model, weights.parameterCount(), config.edit().configurations(), config.edit()));
      text.append(
          "%nPretraining step: one of %d shards of %d sequences%n%n"
              .formatted(pretrain.shards(), pretrain.batch() / pretrain.shards()));
      text.append(pretraining(weights, pretrain));
      text.append(
          "%nInner-loop step: %d adapters side by side, %d sequences each%n%n"
              .formatted(inner.adaptersPerGroup(), inner.batch()));
      text.append(adapters(weights, inner));
      text.append(
          "%nM-step: one adapter, %d self-edits; the selection's weights enter as %s%n%n"
              .formatted(learn.batch(), LmStep.LOSS_WEIGHTS));
      text.append(adapters(weights, learn));
      return text.toString();
    }
  }

  private String pretraining(Weights weights, PretrainConfig how) {
    BatchShape shape = new BatchShape(how.batch() / how.shards(), longest());
    try (Worker worker = new Worker();
        LmStep step = LmStep.of(weights, name -> true, shape, worker)) {
      return GraphText.describe(step.graph());
    }
  }

  private String adapters(Weights weights, InnerLoopConfig how) {
    int n = how.adaptersPerGroup();
    int multiple = how.timeMultiple();
    int time = (longest() + multiple - 1) / multiple * multiple;
    try (AdapterBank bank = new AdapterBank(n, weights.config(), how.lora())) {
      BatchShape shape = new BatchShape(how.batch(), time);
      return GraphText.describe(LoraGraph.of(weights, bank, n, shape).graph());
    }
  }

  private int longest() {
    return config.inputs();
  }
}
