package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The modules of an adapter in a line that fits a terminal. */
class TargetsInWordsTest {
  private static String named(IntStream layers) {
    return layers
        .boxed()
        .flatMap(
            layer ->
                List.of("self_attn.q_proj", "mlp.up_proj").stream()
                    .map(module -> "model.layers." + layer + "." + module))
        .collect(Collectors.joining(", "));
  }

  @Test
  void modules_that_are_named_layer_by_layer_are_said_once() {
    assertThat(TargetsInWords.of(named(IntStream.rangeClosed(20, 29))))
        .isEqualTo("q_proj, up_proj of layers 20 to 29");
    assertThat(TargetsInWords.of(named(IntStream.of(0, 1, 2, 5, 7, 8))))
        .isEqualTo("q_proj, up_proj of layers 0 to 2, 5, 7 to 8");
  }

  @Test
  void short_lists_and_words_stay_and_lists_without_an_order_are_left_to_their_number() {
    assertThat(TargetsInWords.of("all-linear")).isEqualTo("all-linear");
    assertThat(TargetsInWords.of("")).isEmpty();
    assertThat(TargetsInWords.of("q_proj, v_proj")).isEqualTo("q_proj, v_proj");
    String mixed = named(IntStream.range(0, 5)) + ", model.layers.7.mlp.up_proj";
    assertThat(TargetsInWords.of(mixed)).isEmpty();
    assertThat(TargetsInWords.of("a, b, c, d, e, f, g, h, i")).isEmpty();
  }
}
