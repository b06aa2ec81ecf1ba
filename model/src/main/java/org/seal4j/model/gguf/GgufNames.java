package org.seal4j.model.gguf;

import java.util.Map;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.WeightNames;

/** Names of tensors: ours, which are those of Hugging Face, and those of GGUF files. */
final class GgufNames {
  static final String EMBEDDING = "token_embd.weight";
  static final String HEAD = "output.weight";

  /** Factors by which the frequencies of rotation are divided, one for each plane. */
  static final String ROPE_FACTORS = "rope_freqs.weight";

  private static final Map<String, String> OUTSIDE =
      Map.of(
          WeightNames.EMBEDDING,
          EMBEDDING,
          WeightNames.FINAL_NORM,
          "output_norm.weight",
          WeightNames.HEAD + ".weight",
          HEAD);

  private static final Map<String, String> LEAVES =
      Map.ofEntries(
          Map.entry("input_layernorm", "attn_norm"),
          Map.entry("self_attn.q_proj", "attn_q"),
          Map.entry("self_attn.k_proj", "attn_k"),
          Map.entry("self_attn.v_proj", "attn_v"),
          Map.entry("self_attn.q_norm", "attn_q_norm"),
          Map.entry("self_attn.k_norm", "attn_k_norm"),
          Map.entry("self_attn.o_proj", "attn_output"),
          Map.entry("post_attention_layernorm", "ffn_norm"),
          Map.entry("mlp.gate_proj", "ffn_gate"),
          Map.entry("mlp.up_proj", "ffn_up"),
          Map.entry("mlp.down_proj", "ffn_down"));

  /** Norms of Gemma's layers: what stands behind attention is there another norm than elsewhere. */
  private static final Map<String, String> GEMMA =
      Map.of(
          "post_attention_layernorm",
          "post_attention_norm",
          "pre_feedforward_layernorm",
          "ffn_norm",
          "post_feedforward_layernorm",
          "post_ffw_norm");

  private GgufNames() {}

  /**
   * The name in a GGUF file of a weight of ours.
   *
   * @param form of the model
   */
  static String of(String ours, DecoderForm form) {
    String outside = OUTSIDE.get(ours);
    if (outside != null) {
      return outside;
    }
    String[] parts = ours.split("\\.", 4); // model.layers.3.self_attn.q_proj.weight
    int kind = parts[3].lastIndexOf('.');
    String own = parts[3].substring(0, kind);
    String common = LEAVES.getOrDefault(own, parts[3]);
    String leaf = form.gemma() ? GEMMA.getOrDefault(own, common) : common;
    return "blk." + parts[2] + "." + leaf + parts[3].substring(kind);
  }
}
