package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.json.Json;
import org.seal4j.model.LmInputs;
import org.seal4j.model.weights.ModelFolder;

/** Gradients of random models against transformers; origin: README.md beside the files. */
class GoldenGradientsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "qwen3",
        "qwen3-tied",
        "smollm3",
        "smollm3-listed",
        "gemma2",
        "gemma2-listed",
        "gemma3",
        "gemma3-scaled"
      })
  @Tag("slow")
  void the_gradient_by_every_weight_is_that_of_the_reference(String name)
      throws URISyntaxException {
    Path folder = Path.of(GoldenGradientsTest.class.getResource("/golden/hf/" + name).toURI());
    JsonNode expected = Json.read(folder.resolve("expected.json"), JsonNode.class);
    int[] ids =
        StreamSupport.stream(expected.path("ids").spliterator(), false)
            .mapToInt(JsonNode::intValue)
            .toArray();
    int last = ids.length - 1;
    int[] targets = new int[ids.length];
    float[] lossWeights = new float[ids.length];
    for (int t = 0; t < last; t++) {
      targets[t] = ids[t + 1];
      lossWeights[t] = 1f / last;
    }
    try (ModelFolder model = ModelFolder.load(folder);
        Worker worker = new Worker()) {
      StepCase step = StepCase.of(model.weights(), weight -> true, 1, ids.length);
      step.values.put(LmInputs.IDS, Nd4j.createFromArray(ids));
      step.values.put("targets", Nd4j.createFromArray(targets));
      step.values.put("loss_weights", Nd4j.createFromArray(lossWeights));
      Map<String, INDArray> got = step.run(Plan.of(step.graph, step.outputs, worker));
      assertThat(got.get("loss").getDouble(0))
          .isCloseTo(expected.path("mean_nll").asDouble(), within(1e-5));
      assertThat(expected.path("gradients").size()).isEqualTo(model.weights().arrays().size());
      // The outputs are the loss, the logits, and a gradient of each weight in the graph's order.
      int at = 2;
      List<String> weights =
          step.graph.parameters().keySet().stream().filter(model.weights()::has).toList();
      for (String weight : weights) {
        INDArray gradient = got.get(step.outputs.get(at++).name()).reshape(-1);
        JsonNode wanted = expected.path("gradients").path(weight);
        assertThat(wanted.size()).as(weight).isPositive();
        for (int i = 0; i < wanted.size(); i++) {
          assertThat(gradient.getDouble(i))
              .as("%s, gradient by %s, number %d", name, weight, i)
              .isCloseTo(
                  wanted.get(i).asDouble(),
                  within(5e-5 * Math.max(1, Math.abs(wanted.get(i).asDouble()))));
        }
      }
      assertThat(at).isEqualTo(step.outputs.size());
    }
  }
}
