package org.seal4j.lora.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seal4j.model.AttentionForm;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.graph.RopeScaling;

/** What a model is told to be. */
class ModelSummaryTest {
  private static Map<String, String> sizes(DecoderForm form) {
    return ModelSummary.sizes(
        new ModelConfig(
            19, 16, 8, 4, 2, 6, 24, 1e-6, 100, false, true, false, 0, RopeScaling.none(), form));
  }

  @Test
  void what_a_family_does_differently_is_said() {
    assertThat(sizes(DecoderForm.llama()))
        .containsEntry("attention", "4 heads of 6, 2 key-value heads")
        .containsEntry("positions", "rotary, base 100");
    assertThat(sizes(DecoderForm.qwen3()))
        .containsEntry(
            "attention", "4 heads of 6, 2 key-value heads, heads of query and key normalised");
    assertThat(sizes(DecoderForm.smollm3(List.of(3, 7))))
        .containsEntry("positions", "rotary, base 100, none in layers 3, 7");
    assertThat(
            sizes(DecoderForm.gemma2(new AttentionForm(144, 50, 4096, List.of(0, 2, 4, 6), 0), 30)))
        .containsEntry("layers", "8 of width 16, feed-forward 24 (GEGLU)")
        .containsEntry(
            "attention",
            "4 heads of 6, 2 key-value heads, a window of 4096 tokens in 4 layers, scores capped at"
                + " 50, scores divided by the root of 144")
        .containsEntry("vocabulary", "19 ids, tied head, logits capped at 30");
    assertThat(sizes(DecoderForm.gemma3(new AttentionForm(6, 0, 512, List.of(0), 10_000), 0)))
        .containsEntry(
            "attention",
            "4 heads of 6, 2 key-value heads, heads of query and key normalised, a window of 512"
                + " tokens in 1 layer")
        .containsEntry("positions", "rotary, base 100, in layers with the window 10000");
  }
}
