package org.seal4j.data.squad;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.JsonField;

/**
 * Reads passages with their questions, strictly: SQuAD v1.1 and v2.0 (Rajpurkar et al. 2016, 2018),
 * XQuAD (Artetxe et al. 2020) and every file of that form, and SEAL's regrouped lists (docs/seal.md
 * §2.1) with the completions that its samplers add. Which of the two it is, the file shows. A file
 * named {@code *.arrow} is one that {@link PassageTable} wrote.
 *
 * <p>Passages keep the order of the file. Underscores of titles become blanks, as in SEAL's files;
 * passage ids are the title and a number per title ({@code Genghis Khan/3}). Questions keep the
 * file's id, or get the passage's id and a number. Accepted answers that are given twice are kept
 * once.
 *
 * <p>A bad file is an {@link org.seal4j.data.check.InputException} with file, field, found and
 * expected.
 */
public final class PassageReader {
  private final ImpossibleQuestions impossible;
  private final Map<String, Integer> perTitle = new HashMap<>();
  private final Set<String> questionIds = new HashSet<>();

  private PassageReader(ImpossibleQuestions impossible) {
    this.impossible = impossible;
  }

  /** The passages of a file, without completions. */
  public static List<Passage> read(Path file, ImpossibleQuestions impossible) {
    return readCompleted(file, impossible).stream().map(CompletedPassage::passage).toList();
  }

  /** The passages of a file with the completions that it holds, none in a file of SQuAD. */
  public static List<CompletedPassage> readCompleted(Path file, ImpossibleQuestions impossible) {
    if (file.toString().endsWith(".arrow")) {
      return PassageTable.read(file).stream().map(one -> possible(one, impossible, file)).toList();
    }
    JsonField whole = JsonField.read(file);
    PassageReader reader = new PassageReader(impossible);
    return whole.has("data")
        ? SquadJson.passages(whole, reader).stream().map(CompletedPassage::of).toList()
        : SealJson.passages(whole, reader);
  }

  /** A passage of a table without the questions that it does not answer, where they are to go. */
  private static CompletedPassage possible(
      CompletedPassage completed, ImpossibleQuestions policy, Path file) {
    Passage passage = completed.passage();
    List<Question> kept = new ArrayList<>(passage.questions());
    kept.removeIf(question -> question.impossible() && policy == ImpossibleQuestions.DROP);
    for (Question question : kept) {
      if (question.impossible() && policy == ImpossibleQuestions.REFUSE) {
        throw Checks.refuse(
            "%s: the passage %s does not answer its question %s; drop or keep impossible ones",
            file, passage.id(), question.id());
      }
    }
    passage = new Passage(passage.id(), passage.title(), passage.context(), kept);
    return new CompletedPassage(passage, completed.prompt(), completed.completions());
  }

  boolean keepsImpossible(JsonField question) {
    if (impossible == ImpossibleQuestions.REFUSE) {
      throw question.refuse("a question that the passage answers; drop or keep impossible ones");
    }
    return impossible == ImpossibleQuestions.KEEP;
  }

  /** A title as people write it. */
  static String title(JsonField field) {
    return field.words().replace('_', ' ').strip();
  }

  String passageId(String title) {
    return title + "/" + (perTitle.merge(title, 1, Integer::sum) - 1);
  }

  String questionId(JsonField field, String id) {
    Checks.require(
        questionIds.add(id),
        "%s: %s has the id '%s' of an earlier question; ids must be unique",
        field.file(),
        field.pointer(),
        id);
    return id;
  }
}
