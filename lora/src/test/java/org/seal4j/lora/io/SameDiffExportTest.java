package org.seal4j.lora.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.train.LoraGraph;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchShape;

class SameDiffExportTest {
  private static final BatchShape SHAPE = new BatchShape(2, 5);
  private static final LoraConfig LORA = new LoraConfig(3, 6, false, TargetModules.allLinear());

  @TempDir private Path folder;

  private static Map<String, INDArray> inputs() {
    int rows = SHAPE.rows();
    INDArray ids = Nd4j.create(DataType.INT32, rows);
    INDArray positions = Nd4j.create(DataType.INT32, rows);
    INDArray targets = Nd4j.create(DataType.INT32, rows);
    for (int i = 0; i < rows; i++) {
      ids.putScalar(i, i * 5 % 13);
      positions.putScalar(i, i % SHAPE.time());
      targets.putScalar(i, (i + 1) * 5 % 13);
    }
    return Map.of(
        "ids", ids, "positions", positions, "targets", targets, "loss_weights", ones(rows));
  }

  private static INDArray ones(int rows) {
    return Nd4j.ones(DataType.FLOAT, rows).div(rows);
  }

  @Test
  @Tag("slow")
  void a_plain_program_gets_the_logits_and_the_gradients_of_the_engine() {
    Path file = folder.resolve("model.sd");
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(1, LORA, Seeds.of(2));
        Worker worker = new Worker()) {
      SameDiffExport.write(weights, bank, SHAPE, file);
      LoraGraph graph = LoraGraph.of(weights, bank, 1, SHAPE);
      String name = "model.layers.1.mlp.up_proj.lora_A";
      SDVariable gradient = graph.gradients().get(name);
      SDVariable logits = graph.graph().variable("logits");
      try (Plan plan = Plan.of(graph.graph(), List.of(logits, graph.loss(), gradient), worker)) {
        inputs().forEach((input, values) -> plan.array(input).assign(values));
        plan.run();
        SameDiff loaded = SameDiff.load(file.toFile(), false);
        Map<String, INDArray> got =
            loaded.output(inputs(), List.of("logits", "loss", SameDiffExport.GRADIENT + name));
        requireEqual(got.get("logits"), plan.array("logits"));
        requireEqual(got.get("loss"), plan.array("loss"));
        requireEqual(got.get(SameDiffExport.GRADIENT + name), plan.array(gradient.name()));
        assertThat(loaded.getVariable("lm_head.weight").getVariableType())
            .isEqualTo(VariableType.CONSTANT);
      }
    }
  }

  @Test
  @Tag("slow")
  void steps_along_the_gradients_lower_the_loss() {
    Path file = folder.resolve("base.sd");
    try (Weights weights = TinyModels.weights(1)) {
      SameDiffExport.write(weights, null, SHAPE, file);
    }
    SameDiff loaded = SameDiff.load(file.toFile(), false);
    List<String> trained =
        loaded.variables().stream()
            .filter(v -> v.getVariableType() == VariableType.VARIABLE)
            .map(SDVariable::name)
            .toList();
    assertThat(trained).contains("model.embed_tokens.weight", "model.norm.weight");
    double before = step(loaded, trained);
    for (int i = 0; i < 5; i++) {
      step(loaded, trained);
    }
    assertThat(step(loaded, trained)).isLessThan(before - 0.1);
  }

  /**
   * {@code docs/examples/plain-dl4j} reads this file without a class of ours. {@code
   * -Dseal.example.write=true} writes it and its logits anew.
   */
  @Test
  void the_file_of_the_example_has_the_logits_of_the_engine() throws Exception {
    Path resources = Path.of("../docs/examples/plain-dl4j/src/test/resources");
    BatchShape shape = new BatchShape(1, 6);
    int[] ids = {1, 7, 2, 9, 4};
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(1, LORA, Seeds.of(2));
        Worker worker = new Worker()) {
      LoraGraph graph = LoraGraph.of(weights, bank, 1, shape);
      SDVariable logits = graph.graph().variable("logits");
      try (Plan plan = Plan.of(graph.graph(), List.of(logits, graph.loss()), worker)) {
        for (int i = 0; i < shape.time(); i++) {
          plan.array("ids").putScalar(i, i < ids.length ? ids[i] : 0);
          plan.array("positions").putScalar(i, i);
        }
        plan.run();
        List<String> rows = rows(plan.array("logits"), ids.length);
        if (Boolean.getBoolean("seal.example.write")) {
          SameDiffExport.write(weights, bank, shape, resources.resolve("tiny.sd"));
          Files.write(resources.resolve("tiny-logits.txt"), rows);
        }
        List<String> expected = Files.readAllLines(resources.resolve("tiny-logits.txt"));
        for (int row = 0; row < ids.length; row++) {
          assertThat(numbers(rows.get(row)))
              .containsExactly(numbers(expected.get(row)), within(1e-4));
        }
      }
    }
  }

  private static List<String> rows(INDArray logits, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            row ->
                Arrays.stream(logits.getRow(row).toDoubleVector())
                    .mapToObj(x -> String.format(Locale.ROOT, "%.6f", x))
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private static double[] numbers(String line) {
    return Arrays.stream(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  /** The loss, and one step of gradient descent. */
  private static double step(SameDiff model, List<String> trained) {
    List<String> asked =
        new ArrayList<>(trained.stream().map(name -> SameDiffExport.GRADIENT + name).toList());
    asked.add("loss");
    Map<String, INDArray> got = model.output(inputs(), asked);
    for (String name : trained) {
      INDArray weight = model.getVariable(name).getArr();
      weight.subi(got.get(SameDiffExport.GRADIENT + name).mul(0.3));
    }
    return got.get("loss").getDouble(0);
  }

  private static void requireEqual(INDArray got, INDArray expected) {
    assertThat(got.dup().data().asFloat())
        .containsExactly(expected.dup().data().asFloat(), within(2e-5f));
  }
}
