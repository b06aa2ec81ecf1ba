package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;

/** What a server says of a heap that is too small for it, or nearly. */
class ServeHeapTest {
  private static final double MIB = 1 << 20;

  private final ServeHeap heap = new ServeHeap(400 * MIB, 300 * MIB, 8192, 256 * MIB);

  @Test
  void a_heap_that_holds_the_copy_alone_is_refused_with_the_figure_and_the_flag() {
    assertThatThrownBy(() -> heap.require(512 * MIB))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("takes 796 MiB of the Java heap")
        .hasMessageContaining("a copy of the weights 400 MiB")
        .hasMessageContaining("a cache of 8,192 tokens 300 MiB")
        .hasMessageContaining("which may have 512 MiB")
        .hasMessageContaining("SEAL_JAVA_OPTS=-Xmx1280m")
        .hasMessageContaining("--weights float32")
        .hasMessageContaining("answers.cacheTokens");
  }

  @Test
  void without_a_copy_the_form_of_the_weights_is_no_advice() {
    assertThatThrownBy(() -> new ServeHeap(0, 300 * MIB, 8192, 0).require(256 * MIB))
        .isInstanceOf(InputException.class)
        .hasMessageNotContaining("--weights")
        .hasMessageContaining("-Xmx512m");
  }

  @Test
  void a_heap_that_prompts_can_fill_is_warned_of() {
    assertThatCode(() -> heap.require(1000 * MIB)).doesNotThrowAnyException();
    assertThat(heap.warning(1000 * MIB))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("takes 796 MiB at once and up to 256 MiB more")
                    .contains("SEAL_JAVA_OPTS=-Xmx1280m")
                    .contains("answers.prefixBytes"));
    assertThat(heap.warning(1280 * MIB)).isEmpty();
  }
}
