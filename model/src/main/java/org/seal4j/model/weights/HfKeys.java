package org.seal4j.model.weights;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.JsonKeys;

/**
 * Which keys of {@code config.json} are read, and which are passed over since they cannot change
 * what a model computes. A key that is in neither list and says something is refused by name, so
 * that no key that does change it is ever overlooked.
 */
final class HfKeys {
  /** What {@link HfConfig}, {@link HfRope} and {@link HfWindow} read, of every family. */
  static final Set<String> READ =
      words(
          """
          model_type architectures vocab_size hidden_size intermediate_size num_hidden_layers
          num_attention_heads num_key_value_heads head_dim hidden_act max_position_embeddings
          rms_norm_eps rope_theta rope_scaling rope_parameters partial_rotary_factor
          tie_word_embeddings attention_bias mlp_bias quantization_config
          sliding_window use_sliding_window max_window_layers layer_types eos_token_id
          """);

  /** How a model is trained, stored or called, or words about it. */
  static final Set<String> PASSED_OVER =
      words(
          """
          transformers_version torch_dtype dtype use_cache initializer_range pretraining_tp
          bos_token_id pad_token_id sep_token_id unk_token_id decoder_start_token_id
          attention_dropout hidden_dropout resid_pdrop embd_pdrop attn_pdrop residual_dropout
          embedding_dropout hidden_dropout_prob attention_probs_dropout_prob classifier_dropout
          return_dict use_return_dict output_hidden_states output_attentions torchscript
          use_bfloat16 tf_legacy_loss chunk_size_feed_forward is_decoder finetuning_task id2label
          label2id num_labels task_specific_params problem_type tokenizer_class prefix
          name_or_path attn_implementation experts_implementation gradient_checkpointing
          auto_map max_sequence_length model_max_length seq_length n_ctx use_flash_attn
          use_flash_attention use_flash_attention_2 cache_implementation transformers.js_config unsloth_version
          unsloth_fixed model_name license
          max_length min_length do_sample early_stopping num_beams num_beam_groups
          diversity_penalty temperature top_k top_p typical_p repetition_penalty length_penalty
          no_repeat_ngram_size encoder_no_repeat_ngram_size bad_words_ids num_return_sequences
          output_scores return_dict_in_generate forced_bos_token_id forced_eos_token_id
          remove_invalid_values exponential_decay_length_penalty suppress_tokens
          begin_suppress_tokens
          """);

  private HfKeys() {}

  private static Set<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
  }

  /** Refuses the first key that says something and is in no list; NaN and Infinity say nothing. */
  static void requireKnown(JsonKeys keys, HfType type) {
    keys.object()
        .properties()
        .forEach(
            entry ->
                Checks.require(
                    READ.contains(entry.getKey())
                        || type.ownKeys().contains(entry.getKey())
                        || PASSED_OVER.contains(entry.getKey())
                        || entry.getKey().startsWith("_")
                        || keys.isUnset(entry.getKey())
                        || (entry.getValue().isFloatingPointNumber()
                            && !Double.isFinite(entry.getValue().doubleValue())),
                    "%s: %s is %s, but no %s model is known to have this key, and what it may"
                        + " change is not built; delete it from the file if it changes nothing",
                    keys.file(),
                    Shown.text(entry.getKey()),
                    Shown.text(entry.getValue()),
                    type.word()));
  }
}
