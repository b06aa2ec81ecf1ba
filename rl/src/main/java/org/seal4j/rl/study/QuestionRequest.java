package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.squad.Passage;

/** How another model is asked for questions about a passage: one message. */
final class QuestionRequest {
  /** More is asked for than is missing, since some will be of no use. */
  private static final double SPARE = 1.25;

  /** Questions that are named as asked already, the last ones. */
  private static final int NAMED = 40;

  private static final String TEXT =
      """
      Write questions about the passage at the end, for a person who knows its subject by name but \
      does not see the passage. Write %d of each of these kinds:
      - fact: who, where or which
      - definition: what something is
      - cause: why, or how something came about
      - list: several things
      - number: a date or an amount

      Each question has 6 to 25 words, ends with a question mark, names what it is about in words of \
      the passage, and never mentions the passage or a text. Its answer stands in the passage and \
      not in the question. Ask nothing that is known without the passage.

      Reply with one JSON object a line, and nothing else:
      {"kind": "fact", "question": "...", "answer": "...", "sentence": "..."}
      "answer" is the answer in as few words as possible, as they stand in the passage. "sentence" is \
      the same answer as one short sentence, as a helpful assistant would say it.
      %s
      Title: %s
      Passage: %s
      """;

  private QuestionRequest() {}

  /**
   * The message.
   *
   * @param missing questions that are wanted
   * @param asked questions that were written before
   */
  static String text(Passage passage, int missing, List<String> asked) {
    int kinds = QuestionKind.values().length;
    int each = (int) Math.ceil(missing * SPARE / kinds);
    return TEXT.formatted(each, before(asked), passage.title(), passage.context());
  }

  private static String before(List<String> asked) {
    if (asked.isEmpty()) {
      return "";
    }
    List<String> lines = new ArrayList<>(List.of("", "Do not repeat these questions:"));
    asked.subList(Math.max(0, asked.size() - NAMED), asked.size()).stream()
        .map(question -> "- " + question)
        .forEach(lines::add);
    lines.add("");
    return String.join("\n", lines);
  }
}
