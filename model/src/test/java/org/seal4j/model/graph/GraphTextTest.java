package org.seal4j.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LmInputs;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.autodiff.Backprop;

class GraphTextTest {

  @Test
  void one_layer_and_the_training_of_its_head_read_as_in_the_golden_file() throws IOException {
    ModelConfig config = new ModelConfig(11, 8, 1, 2, 1, 4, 12, 1e-5, 100, false, false, true, 5);
    try (Weights weights = Weights.random(config, 0.5, 1, Seeds.of(1))) {
      Graph graph = new Graph();
      LmInputs in = LmInputs.declare(graph, config, 6);
      SDVariable logits =
          CausalLm.of(graph, weights, name -> name.startsWith("lm_head"))
              .logits(in, CausalLm.fullAttention(graph, config, 2));
      SDVariable targets = graph.placeholder("targets", DataType.INT32, 6);
      SDVariable lossWeights = graph.placeholder("loss_weights", DataType.FLOAT, 6);
      SDVariable[] ce = CrossEntropy.of(graph, List.of(logits, targets, lossWeights), 1);
      SDVariable loss = graph.name(ce[0], "loss");
      SDVariable head = graph.sameDiff().getVariable("lm_head.weight");
      Backprop.gradients(graph, loss, List.of(head));

      assertThat(GraphText.describe(graph)).isEqualTo(golden("one-layer-graph.txt"));
    }
  }

  @Test
  void every_node_and_every_number_is_listed_once() {
    ModelConfig config = ModelConfig.small(13, 8, 3, 2, 12);
    try (Weights weights = Weights.random(config, 0.5, 1, Seeds.of(1))) {
      Graph graph = new Graph();
      LmInputs in = LmInputs.declare(graph, config, 6);
      CausalLm.of(graph, weights, name -> true)
          .logits(in, CausalLm.fullAttention(graph, config, 2));
      List<String> lines = GraphText.describe(graph).lines().toList();
      List<String> first = new ArrayList<>();
      lines.forEach(line -> first.add(line.strip().split(" +")[0]));
      for (GraphOp op : graph.ops()) {
        for (SDVariable output : op.outputVariables()) {
          assertThat(first.stream().filter(output.name()::equals)).hasSize(1);
        }
      }
      String count = String.format(java.util.Locale.ROOT, "%,d", weights.parameterCount());
      assertThat(lines.get(lines.size() - 1))
          .isEqualTo(
              "total: %d nodes, %s numbers in %d parameters, %s trainable, 0 frozen"
                  .formatted(graph.ops().size(), count, weights.arrays().size(), count));
    }
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = GraphTextTest.class.getResourceAsStream("/golden/" + name)) {
      assertThat(in).as("golden/%s", name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
