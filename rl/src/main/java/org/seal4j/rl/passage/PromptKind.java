package org.seal4j.rl.passage;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.text.chat.ChatMessage;

/**
 * How a model is asked to write about a passage (docs/seal.md §2.2): as plain text that a base
 * model continues, or as messages to a chat model. The wording of the built-in kinds is our own;
 * order and cue are SEAL's.
 *
 * @param name as recipes write it, such as {@code implications}
 * @param instruction what to do; may be empty
 * @param template the passage, with the places {@code {title}} and {@code {context}}; the second is
 *     required
 * @param cue where the answer starts, white space included; may be empty
 */
public record PromptKind(String name, String instruction, String template, String cue) {
  private static final String GAP = "\n\n";
  private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z_]+)\\}");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  public PromptKind {
    Checks.require(
        NAME.matcher(name).matches(),
        "prompt kind '%s' must be named by lower-case letters, digits and hyphens",
        name);
    List<String> places = PLACE.matcher(template).results().map(place -> place.group(1)).toList();
    for (String place : places) {
      Checks.require(
          place.equals("title") || place.equals("context"),
          "prompt kind '%s' has the place {%s}; there are {title} and {context}",
          name,
          place);
    }
    Checks.require(
        places.contains("context"),
        "prompt kind '%s' has no place {context}, so the model would not see the passage",
        name);
  }

  /** The prompt of a base model: instruction, passage and cue with blank lines between them. */
  public String text(Passage passage) {
    String start = instruction.isEmpty() ? "" : instruction + GAP;
    return start + fill(passage) + (cue.isEmpty() ? "" : GAP + cue);
  }

  /**
   * The messages of a chat: the instruction is the system's, the passage the user's. The model then
   * finds {@link #cue()} already written at the start of its answer.
   */
  public List<ChatMessage> messages(Passage passage) {
    Stream<ChatMessage> system =
        instruction.isEmpty() ? Stream.empty() : Stream.of(new ChatMessage("system", instruction));
    return Stream.concat(system, Stream.of(new ChatMessage("user", fill(passage)))).toList();
  }

  private String fill(Passage passage) {
    Map<String, String> values = Map.of("title", passage.title(), "context", passage.context());
    return PLACE
        .matcher(template)
        .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
  }
}
