package org.seal4j.data.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.seal4j.data.json.Json;
import org.seal4j.data.json.JsonField;

/**
 * What the post-processor of {@code tokenizer.json} tells about a model: the special token that it
 * puts before a text and the one that it puts after it. Nothing is added to the ids of a text.
 */
record PostProcessor(OptionalInt first, OptionalInt last) {
  private static final PostProcessor NONE =
      new PostProcessor(OptionalInt.empty(), OptionalInt.empty());
  private static final String TEMPLATE =
      """
      {"type": "TemplateProcessing",
       "single": [{"SpecialToken": {"id": %1$s, "type_id": 0}},
                  {"Sequence": {"id": "A", "type_id": 0}}],
       "pair": [{"SpecialToken": {"id": %1$s, "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"Sequence": {"id": "B", "type_id": 1}}],
       "special_tokens": {%1$s: {"id": %1$s, "ids": [%2$d], "tokens": [%1$s]}}}
      """;

  private static final List<String> SUPPORTED =
      List.of("BertProcessing", "ByteLevel", "RobertaProcessing", "Sequence", "TemplateProcessing");

  /** The JSON of one that puts this token before a text. */
  static ObjectNode startingWith(String token, int id) {
    String json = TEMPLATE.formatted(Json.line(token), id);
    return Json.parse(json, ObjectNode.class, "a template");
  }

  static PostProcessor read(Optional<JsonField> step, Vocabulary vocabulary) {
    return step.map(one -> read(one, vocabulary)).orElse(NONE);
  }

  private static PostProcessor read(JsonField step, Vocabulary vocabulary) {
    JsonField type = step.member("type");
    return switch (type.text()) {
      case "ByteLevel" -> NONE;
      case "TemplateProcessing" -> template(step, vocabulary);
      case "BertProcessing", "RobertaProcessing" ->
          new PostProcessor(pair(step.member("cls")), pair(step.member("sep")));
      case "Sequence" ->
          step.member("processors").items("processors").stream()
              .map(one -> read(one, vocabulary))
              .reduce(NONE, PostProcessor::or);
      default -> throw type.refuse("one of the supported " + SUPPORTED);
    };
  }

  private PostProcessor or(PostProcessor other) {
    return new PostProcessor(
        first.isPresent() ? first : other.first, last.isPresent() ? last : other.last);
  }

  private static OptionalInt pair(JsonField token) {
    List<JsonField> items = token.items("[token, id]");
    return OptionalInt.of(items.get(items.size() - 1).count());
  }

  private static PostProcessor template(JsonField step, Vocabulary vocabulary) {
    step.object(List.of("type", "single"), List.of("pair", "special_tokens"));
    OptionalInt before = OptionalInt.empty();
    OptionalInt after = OptionalInt.empty();
    boolean inText = false;
    for (JsonField part : step.member("single").items("template parts")) {
      if (part.has("Sequence")) {
        inText = true;
        continue;
      }
      int id = id(part.member("SpecialToken").member("id"), step, vocabulary);
      if (!inText && before.isPresent()) {
        throw part.refuse("the text, for only one special token before it is supported");
      }
      before = !inText ? OptionalInt.of(id) : before;
      after = inText && after.isEmpty() ? OptionalInt.of(id) : after;
    }
    if (!inText) {
      throw step.member("single").refuse("a part {\"Sequence\": ...}, where the text goes");
    }
    return new PostProcessor(before, after);
  }

  /** What the template's own list says of this name, which need not be the token's spelling. */
  private static int id(JsonField name, JsonField step, Vocabulary vocabulary) {
    Optional<JsonField> own =
        step.optional("special_tokens").flatMap(all -> all.optional(name.text()));
    if (own.isEmpty()) {
      return vocabulary.id(name.text()).orElseThrow(() -> name.refuse("a token of the vocabulary"));
    }
    List<JsonField> ids = own.get().member("ids").items("a list of one id");
    if (ids.size() != 1 || ids.get(0).count() >= vocabulary.span()) {
      throw own.get().member("ids").refuse("one id of the vocabulary");
    }
    return ids.get(0).count();
  }
}
