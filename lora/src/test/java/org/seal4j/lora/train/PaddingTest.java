package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.train.TinyTasks.Outcome;
import org.seal4j.model.LmInputs;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;

class PaddingTest {
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {2, 16, 64})
  void the_padded_length_changes_no_loss(int timeMultiple) {
    try (Weights weights = TinyModels.weights(1)) {
      List<InnerLoopTask> tasks = TinyTasks.different();
      List<Outcome> bare = TinyTasks.train(weights, tasks, TinyTasks.config(4, 1), 1);
      List<Outcome> padded = TinyTasks.train(weights, tasks, TinyTasks.config(4, timeMultiple), 1);
      for (int i = 0; i < tasks.size(); i++) {
        assertThat(padded.get(i).curve())
            .as("task %d", i)
            .containsExactly(bare.get(i).curve(), offset(1e-5));
      }
    }
  }

  @Test
  @Tag("slow")
  void what_stands_in_padding_changes_no_bit() {
    BatchShape shape = new BatchShape(3, 13);
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(2, TinyTasks.LORA, Seeds.of(2));
        Worker worker = new Worker();
        LoraStep step = new LoraStep(weights, bank, 2, shape, worker)) {
      List<TokenSequence> sequences = TinyTasks.sequences(4, 4, 9, Seeds.of(3));
      for (int i = 0; i < 2; i++) {
        step.fill(i, sequences.subList(2 * i, 2 * i + 2), 0.1);
      }
      step.run();
      List<byte[]> before = bits(step);
      assertThat(step.loss(0)).isPositive();
      Executable plan = step.plan();
      Rng rng = Seeds.of(4).rng();
      for (int row = 0; row < shape.rows() * 2; row++) {
        int sequence = row / 13 / 3 * 2 + row / 13 % 3;
        boolean padding = row / 13 % 3 == 2 || row % 13 >= sequences.get(sequence).length() - 1;
        if (padding) {
          plan.array(LmInputs.IDS).putScalar(row, rng.nextInt(13));
          plan.array(LmStep.TARGETS).putScalar(row, rng.nextInt(13));
        }
      }
      step.run();
      assertThat(bits(step)).usingRecursiveComparison().isEqualTo(before);
    }
  }

  private static List<byte[]> bits(LoraStep step) {
    List<byte[]> all = new ArrayList<>();
    for (INDArray gradient : step.gradients()) {
      ByteBuffer memory = Tensors.bytes(gradient);
      byte[] bytes = new byte[memory.remaining()];
      memory.get(bytes);
      all.add(bytes);
    }
    all.add(ByteBuffer.allocate(16).putDouble(step.loss(0)).putDouble(step.loss(1)).array());
    return all;
  }
}
