package org.seal4j.serve.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.seal4j.serve.http.ApiException;

/**
 * Fields of other servers that would change an answer and are not built. Each may say what is done
 * anyway; what else it says is refused. Fields that nobody here knows are passed over.
 */
final class Unsupported {
  private static final Map<String, Predicate<JsonNode>> FIELDS = fields();

  private Unsupported() {}

  private static Map<String, Predicate<JsonNode>> fields() {
    Map<String, Predicate<JsonNode>> fields = new LinkedHashMap<>();
    fields.put("tools", Unsupported::isEmpty);
    fields.put("functions", Unsupported::isEmpty);
    fields.put("tool_choice", node -> is(node, "none") || is(node, "auto"));
    fields.put("function_call", node -> is(node, "none") || is(node, "auto"));
    fields.put("n", node -> is(node, 1));
    fields.put("best_of", node -> is(node, 1));
    fields.put("logit_bias", Unsupported::isEmpty);
    fields.put(
        "response_format",
        node -> is(node.path("type"), "text") || AnswerSettings.isJsonObject(node));
    fields.put("modalities", node -> node.isArray() && node.size() == 1 && is(node.get(0), "text"));
    fields.put("audio", Unsupported::never);
    fields.put("prediction", Unsupported::never);
    fields.put("web_search_options", Unsupported::never);
    fields.put("suffix", node -> is(node, ""));
    fields.put("echo", Unsupported::isNo);
    fields.put("use_beam_search", Unsupported::isNo);
    fields.put("length_penalty", node -> is(node, 1));
    fields.put("typical_p", node -> is(node, 1));
    fields.put("min_tokens", node -> is(node, 0));
    fields.put("ignore_eos", Unsupported::isNo);
    fields.put("bad_words", Unsupported::isEmpty);
    fields.put("allowed_token_ids", Unsupported::isEmpty);
    fields.put("logits_processors", Unsupported::isEmpty);
    fields.put("prompt_logprobs", node -> is(node, 0));
    fields.put("mirostat", node -> is(node, 0));
    fields.put("repeat_penalty", node -> is(node, 1));
    fields.put("tfs_z", node -> is(node, 1));
    for (String field :
        new String[] {
          "no_repeat_ngram_size", "top_a", "xtc_probability", "dry_multiplier", "dynatemp_range"
        }) {
      fields.put(field, node -> is(node, 0));
    }
    fields.put("n_predict", Unsupported::never);
    fields.put("skip_special_tokens", Unsupported::isYes);
    fields.put("include_stop_str_in_output", Unsupported::isNo);
    fields.put("with_pieces", Unsupported::isNo);
    fields.put("return_token_strs", Unsupported::isNo);
    fields.put("parse_special", Unsupported::isYes);
    fields.put("truncate_prompt_tokens", Unsupported::never);
    fields.put("continue_final_message", Unsupported::isNo);
    fields.put("add_generation_prompt", Unsupported::isYes);
    for (String field :
        new String[] {
          "chat_template",
          "guided_json",
          "guided_regex",
          "guided_choice",
          "guided_grammar",
          "structured_outputs",
          "grammar",
          "json_schema",
          "chat_template_kwargs",
          "documents",
          "samplers",
          "stop_sequences",
          "lora"
        }) {
      fields.put(field, Unsupported::isEmpty);
    }
    return fields;
  }

  private static boolean isEmpty(JsonNode node) {
    return node.isContainerNode() && node.isEmpty();
  }

  private static boolean isNo(JsonNode node) {
    return node.isBoolean() && !node.booleanValue();
  }

  private static boolean isYes(JsonNode node) {
    return node.isBoolean() && node.booleanValue();
  }

  private static boolean never(JsonNode node) {
    return false;
  }

  private static boolean is(JsonNode node, double number) {
    return node.isNumber() && node.doubleValue() == number;
  }

  private static boolean is(JsonNode node, String text) {
    return node.isTextual() && node.textValue().equals(text);
  }

  /** Refuses a flag that says something else than what is done. */
  static void refuse(Fields body, String flag, boolean done) {
    body.require(flag, body.flag(flag, done) == done, done + " or left out,");
  }

  /** Refuses a body that says one of them. */
  static void refuse(Fields body) {
    FIELDS.forEach(
        (name, harmless) -> {
          if (body.has(name) && !harmless.test(body.node(name))) {
            throw ApiException.badField(
                    name,
                    ("what the field '%s' says is not supported by this server, and an answer without"
                            + " it would be another one; leave it out")
                        .formatted(name))
                .withCode("unsupported_parameter");
          }
        });
  }
}
