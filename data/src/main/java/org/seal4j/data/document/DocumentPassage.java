package org.seal4j.data.document;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.Question;

/**
 * A passage to be learned.
 *
 * @param id unique in its set and the same whenever the same files are read: the name of its
 *     document and a number from 1, {@code notes/plants.txt/3}
 * @param title of the document, then the headings above the passage, joined with {@code " - "}
 * @param text without the title; paragraphs are divided by an empty line
 * @param source where a person finds it: {@code notes/plants.txt, line 12}
 * @param questions that the file asks about it; mostly none
 */
public record DocumentPassage(
    String id, String title, String text, String source, List<Question> questions) {
  public DocumentPassage {
    Checks.require(!id.isBlank(), "a passage needs an id, but it was blank; it is %s", source);
    Checks.require(!text.isBlank(), "passage %s (%s) has no text", id, source);
    questions = List.copyOf(questions);
  }

  /** Number of words, as passages are measured: {@link WordCount}. */
  public int words() {
    return WordCount.of(text);
  }

  DocumentPassage withQuestions(List<Question> others) {
    return new DocumentPassage(id, title, text, source, others);
  }
}
