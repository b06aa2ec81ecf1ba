package org.seal4j.scripts.adapt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.Question;

/** What no document is about: a text and forty questions that are the same for every model. */
public final class GeneralAbility {
  private GeneralAbility() {}

  /** Four paragraphs of plain English, whose perplexity is measured. */
  public static String text() {
    return read("general-text.txt").strip();
  }

  /** Questions that a model may know the answers of. */
  static List<Asked> questions() {
    List<Asked> all = new ArrayList<>();
    for (String line : read("general-questions.tsv").strip().split("\n", -1)) {
      String[] columns = line.split("\t", -1);
      List<String> golds = List.of(columns[1].split("\\|", -1));
      all.add(new Asked("", Asked.Origin.GENERAL, columns[0], golds));
    }
    return all;
  }

  /** The same questions as those of a passage. */
  public static List<Question> closedBook() {
    List<Question> all = new ArrayList<>();
    for (Asked asked : questions()) {
      String id = "general " + (all.size() + 1);
      all.add(new Question(id, asked.text(), asked.golds(), false));
    }
    return all;
  }

  /** The text, paragraph by paragraph, each on one line. */
  public static List<String> paragraphs() {
    return Stream.of(text().split("\n\n", -1)).map(part -> part.replace('\n', ' ')).toList();
  }

  /** What a paragraph of it begins with: by that it is sent to an adapter, as a question is. */
  public static String firstSentence(String paragraph) {
    int end = paragraph.indexOf(". ");
    return end < 0 ? paragraph : paragraph.substring(0, end + 1);
  }

  private static String read(String name) {
    try (InputStream in = GeneralAbility.class.getResourceAsStream(name)) {
      return new String(
          Checks.present(in, "%s is missing from the program", name).readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
