package org.seal4j.rl.teacher;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * What a service sent, read as untrusted text: UTF-8, one JSON value, not nested without end. The
 * refusals are phrases that go on from "the model ... gave".
 */
final class ChatAnswer {
  private static final int DEEPEST = 64;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final List<String> EXPLANATIONS =
      List.of("/error/message", "/error", "/message", "/detail");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // equal hashes break it
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ChatAnswer() {}

  /** The text that the model wrote; half a surrogate pair in it becomes U+FFFD. */
  static String content(byte[] body) {
    JsonNode content = parsed(body).at("/choices/0/message/content");
    Checks.require(content.isTextual(), "an answer without the text choices[0].message.content");
    String text = content.textValue();
    return new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
  }

  /** What the service says about an error, empty where it says nothing that is understood. */
  static String explanation(byte[] body) {
    try {
      JsonNode root = JSON.readTree(text(body));
      return EXPLANATIONS.stream()
          .map(root::at)
          .filter(JsonNode::isTextual)
          .map(JsonNode::textValue)
          .findFirst()
          .orElse("");
    } catch (CharacterCodingException | JsonProcessingException e) {
      return "";
    }
  }

  private static JsonNode parsed(byte[] body) {
    try {
      return JSON.readTree(text(body));
    } catch (CharacterCodingException e) {
      throw Checks.refuse("an answer that is not UTF-8 text");
    } catch (JsonProcessingException e) {
      throw Checks.refuse("an answer that is not JSON of the usual form");
    }
  }

  private static String text(byte[] body) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }
}
