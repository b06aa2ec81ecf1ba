package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.CachedAttention;
import org.seal4j.model.kernel.AttentionShape;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

/** What a user of SameDiff alone gets: a file that {@code SameDiff.load} opens. */
class ExportTest {

  @Tag("slow")
  @Test
  void a_saved_step_loads_elsewhere_and_computes_the_same_bits(@TempDir Path folder) {
    for (ModelConfig config :
        List.of(
            StepCase.EVERYTHING,
            StepCase.PLAIN,
            StepCase.FAMILIES,
            StepCase.GEMMA2,
            StepCase.GEMMA3)) {
      try (Weights weights = Weights.random(config, 0.5, 1, Seeds.of(1))) {
        StepCase step = StepCase.of(weights, name -> !name.contains("norm"), 2, 7);
        List<String> names = step.outputs.stream().map(SDVariable::name).toList();
        SameDiff sd = StockGraph.of(step.graph, step.outputs);
        Map<String, INDArray> expected = sd.output(step.values, names);
        File file = folder.resolve("step-" + config.hashCode() + ".sd").toFile();
        sd.save(file, false);

        SameDiff loaded = SameDiff.load(file, false);

        Map<String, INDArray> got = loaded.output(step.values, names);
        for (String name : names) {
          assertThat(Run.bits(got.get(name))).as(name).isEqualTo(Run.bits(expected.get(name)));
        }
      }
    }
  }

  @Test
  @Tag("slow")
  void attention_over_a_cache_loads_too(@TempDir Path folder) {
    Bench bench = new Bench("export cached attention");
    SDVariable[] outputs =
        CachedAttention.of(
            bench.graph(),
            List.of(
                bench.fixed("q", 2, 24),
                bench.fixed("k", 2, 12),
                bench.fixed("v", 2, 12),
                bench.fixed("cached_k", 2, 1, 2, 6, 16),
                bench.fixed("cached_v", 2, 1, 2, 16, 6),
                bench.ids("start", new int[] {0, 3})),
            new AttentionShape(4, 2, 6));
    SameDiff sd = StockGraph.of(bench.graph(), List.of(outputs));
    File file = folder.resolve("cache.sd").toFile();
    sd.save(file, false);
    Map<String, INDArray> expected = TwinCheck.stock(bench, List.of(outputs));
    Map<String, INDArray> got =
        SameDiff.load(file, false).output(bench.values(), List.copyOf(expected.keySet()));
    expected.forEach(
        (name, array) -> assertThat(Run.bits(got.get(name))).as(name).isEqualTo(Run.bits(array)));
  }

  @Test
  void names_and_roles_of_parameters_survive() {
    try (Weights weights = Weights.random(StepCase.PLAIN, 0.5, 1, Seeds.of(1))) {
      StepCase step = StepCase.of(weights, name -> name.equals("lm_head.weight"), 1, 3);
      SameDiff sd = StockGraph.of(step.graph, step.outputs);
      assertThat(sd.getVariable("lm_head.weight").getVariableType())
          .isEqualTo(VariableType.VARIABLE);
      assertThat(sd.getVariable("model.norm.weight").getVariableType())
          .isEqualTo(VariableType.CONSTANT);
      assertThat(sd.getVariable("ids").getVariableType()).isEqualTo(VariableType.PLACEHOLDER);
      assertThat(sd.getVariable("layers.1.attn.norm").getVariableType())
          .isEqualTo(VariableType.ARRAY);
      weights.get("lm_head.weight").assign(0);
      assertThat(sd.getVariable("lm_head.weight").getArr().amaxNumber().doubleValue())
          .as("an export has arrays of its own")
          .isPositive();
    }
  }
}
