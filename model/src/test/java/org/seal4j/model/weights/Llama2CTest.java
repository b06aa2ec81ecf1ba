package org.seal4j.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.RopePlanes;
import org.seal4j.model.Weights;
import org.seal4j.model.testing.Forward;

class Llama2CTest {
  /** dim 4, hidden 6, 1 layer, 2 heads of 2, 1 key head, 5 ids, 3 positions. */
  private static final int[] HEADER = {4, 6, 1, 2, 1, 5, 3};

  private static final int FLOATS = 5 * 4 + 4 + 16 + 8 + 8 + 16 + 4 + 3 * 24 + 4 + 2 * 3;

  @TempDir Path folder;

  private Path write(int[] header, int floats) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * (header.length + floats)).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(header).forEach(bytes::putInt);
    for (int i = 0; i < floats; i++) {
      bytes.putFloat(i);
    }
    return Files.write(folder.resolve("model.bin"), bytes.array());
  }

  private void assertRefused(int[] header, int floats, String reason) throws IOException {
    Path file = write(header, floats);
    assertThatThrownBy(() -> ModelFolder.load(file).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("model.bin")
        .hasMessageContaining(reason);
  }

  @Test
  void arrays_are_taken_in_the_order_of_the_format() throws IOException {
    try (ModelFolder model = ModelFolder.load(write(HEADER, FLOATS))) {
      assertThat(model.config())
          .isEqualTo(new ModelConfig(5, 4, 1, 2, 1, 2, 6, 1e-5, 10000, false, true, false, 0));
      assertThat(model.context()).isEqualTo(3);
      assertThat(first(model, "model.embed_tokens.weight")).isZero();
      assertThat(first(model, "model.layers.0.input_layernorm.weight")).isEqualTo(20);
      assertThat(first(model, "model.layers.0.self_attn.q_proj.weight")).isEqualTo(24);
      assertThat(first(model, "model.layers.0.self_attn.k_proj.weight")).isEqualTo(40);
      assertThat(first(model, "model.layers.0.self_attn.v_proj.weight")).isEqualTo(48);
      assertThat(first(model, "model.layers.0.self_attn.o_proj.weight")).isEqualTo(56);
      assertThat(first(model, "model.layers.0.post_attention_layernorm.weight")).isEqualTo(72);
      assertThat(first(model, "model.layers.0.mlp.gate_proj.weight")).isEqualTo(76);
      assertThat(first(model, "model.layers.0.mlp.down_proj.weight")).isEqualTo(100);
      assertThat(first(model, "model.layers.0.mlp.up_proj.weight")).isEqualTo(124);
      assertThat(first(model, "model.norm.weight")).isEqualTo(148);
    }
  }

  @Test
  void a_head_of_its_own_stands_behind_the_rotary_tables() throws IOException {
    int[] untied = HEADER.clone();
    untied[5] = -5;
    try (ModelFolder model = ModelFolder.load(write(untied, FLOATS + 20))) {
      assertThat(model.config().tiedHead()).isFalse();
      assertThat(first(model, "lm_head.weight")).isEqualTo(FLOATS);
    }
  }

  private static float first(ModelFolder model, String name) {
    return model.weights().get(name).data().getFloat(0);
  }

  @Test
  void what_is_no_checkpoint_of_version_0_is_refused() throws IOException {
    assertRefused(HEADER, FLOATS - 1, "truncated");
    assertRefused(HEADER, FLOATS + 1, "header describes");
    assertRefused(new int[] {4, 6}, 0, "truncated");
    assertRefused(new int[] {0x616b3432, 1, 1, 2, 1, 5, 3}, FLOATS, "of version 1");
    assertRefused(new int[] {4, 6, 0, 2, 1, 5, 3}, FLOATS, "number 2 of its header is 0");
    assertRefused(new int[] {4, 6, 1, 2, 1, Integer.MIN_VALUE, 3}, FLOATS, "number 5");
    assertRefused(new int[] {4, 6, 1, 3, 1, 5, 3}, FLOATS, "no even multiple of n_heads 3");
    int most = 1 << 20;
    assertRefused(new int[] {most, most, 1 << 12, 2, 1, most, most}, FLOATS, "describes");
    assertRefused(
        new int[] {16, 19, 2, 4, 3, 13, 64}, FLOATS, "n_heads 4 is no multiple of n_kv_heads 3");
    assertRefused(
        new int[] {12, 19, 2, 4, 2, 13, 64}, FLOATS, "dim 12 is no even multiple of n_heads 4");
    assertRefused(new int[] {12, 19, 2, 2, 1, 1, 64}, FLOATS, "vocab_size 1 is too small");
  }

  @Test
  void reordered_planes_make_the_same_logits_and_go_back_bit_for_bit() {
    ModelConfig neighbours =
        new ModelConfig(13, 12, 2, 4, 2, 6, 19, 1e-5, 100, true, true, true, 0);
    int[] ids = {3, 1, 4, 1, 5, 9, 2, 6};
    try (Weights before = Weights.random(neighbours, 0.5, 1, Seeds.of(5));
        Weights after = before.withConfig(neighbours.withRopeInterleaved(false))) {
      for (String name : before.arrays().keySet()) {
        if (name.endsWith(".bias")) {
          for (int i = 0; i < before.get(name).length(); i++) {
            before.get(name).putScalar(i, 0.1 * i - 0.3);
          }
        }
      }
      after.copyFrom(before);
      RopePlanes.toHalves(after);
      float[][] expected = Forward.logits(before, ids);
      float[][] got = Forward.logits(after, ids);
      for (int t = 0; t < ids.length; t++) {
        assertThat(got[t])
            .containsExactly(expected[t], org.assertj.core.api.Assertions.within(1e-5f));
      }
      before
          .arrays()
          .forEach(
              (name, a) -> {
                for (int row = 0; row < a.size(0); row++) {
                  boolean turned = name.matches(".*self_attn\\.[qk]_proj\\.(weight|bias)");
                  int from = turned ? neighbour(row, neighbours.headSize()) : row;
                  assertThat(after.get(name).slice(row)).as(name).isEqualTo(a.slice(from));
                }
              });
    }
  }

  /** Where the row of a head that is {@code row} among halves stands among neighbours. */
  private static int neighbour(int row, int headSize) {
    int i = row % headSize;
    return row - i + (i < headSize / 2 ? 2 * i : 2 * (i - headSize / 2) + 1);
  }
}
