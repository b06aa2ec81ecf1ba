package org.seal4j.scripts.continual;

import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.scripts.experiment.InnerLoopText;

/** What a recipe builds, as text: the model, the training step of an adapter, the modes. */
final class ContinualDescription {
  private final ContinualConfig config;

  ContinualDescription(ContinualConfig config) {
    this.config = config;
  }

  String text() {
    ModelConfig model = config.worldModel().pretraining(Seeds.of(0)).model();
    InnerLoopConfig inner = config.adapt().learner().adapter();
    SequencesConfig sequences = config.sequences();
    try (Weights weights = Weights.random(model, 1, 1, Seeds.of(0))) {
      StringBuilder text = new StringBuilder();
      text.append("%s%n%,d parameters%n".formatted(model, weights.parameterCount()));
      text.append(
          "%n%d sequences of %d passages in each of the modes %s%n"
              .formatted(
                  sequences.count(),
                  sequences.passages(),
                  config.modes().stream().map(Mode::label).toList()));
      text.append(
          "%nTraining step of an adapter, which is then merged: %d texts%n%n"
              .formatted(inner.batch()));
      text.append(InnerLoopText.of(weights, inner, config.pretrain().writingTokens() - 1));
      return text.toString();
    }
  }
}
