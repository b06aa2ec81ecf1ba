package org.seal4j.scripts.experiment;

import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.LoraGraph;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.GraphText;
import org.seal4j.model.train.BatchShape;

/** The graph of an adapter's training step, for {@code seal describe}. */
public final class InnerLoopText {
  private InnerLoopText() {}

  /**
   * Nodes with their shapes, parameters with whether they are trained.
   *
   * @param longest longest input in tokens, before padding
   */
  public static String of(Weights weights, InnerLoopConfig how, int longest) {
    int multiple = how.timeMultiple();
    int time = (longest + multiple - 1) / multiple * multiple;
    int n = how.adaptersPerGroup();
    try (AdapterBank bank = new AdapterBank(n, weights.config(), how.lora())) {
      return GraphText.describe(
          LoraGraph.of(weights, bank, n, new BatchShape(how.batch(), time)).graph());
    }
  }
}
