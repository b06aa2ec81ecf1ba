package org.seal4j.rl.study;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads what another model wrote when it was asked for questions. Wanted is one JSON object a line;
 * a list, an object around it, code fences and remarks are passed over, and so is an object that is
 * broken, which is counted. Text of any length and form is read in one pass.
 */
final class QuestionReply {
  /** Longest object, in characters. */
  private static final int LONGEST = 4_000;

  private static final int LONGEST_TEXT = 600;
  private static final int MOST = 200;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // equal hashes break it
                  .build())
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private final List<Draft> drafts = new ArrayList<>();
  private int broken;

  /**
   * A question with its answers.
   *
   * @param answer in a few words
   * @param sentence the answer as a sentence; empty for none
   */
  record Draft(QuestionKind kind, String question, String answer, String sentence) {}

  /**
   * What a reply holds.
   *
   * @param drafts the questions in their order, at most {@value #MOST}
   * @param broken objects that could not be read
   */
  record Read(List<Draft> drafts, int broken) {
    Read {
      drafts = List.copyOf(drafts);
    }
  }

  private QuestionReply() {}

  static Read read(String reply) {
    QuestionReply reader = new QuestionReply();
    int at = reply.indexOf('{');
    while (at >= 0 && reader.drafts.size() < MOST) {
      int end = end(reply, at);
      boolean inner = end < reply.length() && reply.charAt(end) == '{';
      if (!inner) {
        reader.object(reply.substring(at, Math.min(reply.length(), end + 1)));
      } else if (reply.substring(at, end).contains("\"question\"")) {
        reader.broken++;
      }
      at = reply.indexOf('{', inner ? end : end + 1);
    }
    return new Read(reader.drafts, reader.broken);
  }

  /**
   * Where the object that begins here closes, or another one opens, or it breaks: by a line's end
   * within a text, by its length, or by the end of the reply.
   */
  private static int end(String reply, int from) {
    boolean quoted = false;
    int most = Math.min(reply.length(), from + LONGEST);
    for (int i = from + 1; i < most; i++) {
      char c = reply.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (quoted ? c == '\n' : c == '}' || c == '{') {
        return i;
      }
    }
    return most;
  }

  private void object(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      String question = line(node.path("question"));
      String answer = line(node.path("answer"));
      if (question.isEmpty() || answer.isEmpty()) {
        broken++;
      } else {
        drafts.add(
            new Draft(kind(node.path("kind")), question, answer, line(node.path("sentence"))));
      }
    } catch (JsonProcessingException e) {
      broken++;
    }
  }

  /** Text or a number on one line, without control characters; empty where it is none, or long. */
  private static String line(JsonNode node) {
    String text = node.isTextual() || node.isNumber() ? node.asText() : "";
    String line = text.replaceAll("[\\p{Cntrl}\\s\\p{Z}]+", " ").strip();
    return line.length() > LONGEST_TEXT ? "" : line;
  }

  /** The kind of this name; an unknown one is a fact. */
  private static QuestionKind kind(JsonNode node) {
    String name = node.asText("").strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(QuestionKind.values())
        .filter(kind -> kind.label().equals(name))
        .findFirst()
        .orElse(QuestionKind.FACT);
  }
}
