package org.seal4j.scripts.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.ImpossibleQuestions;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.PassageReader;

/**
 * Which passages are studied.
 *
 * @param passages files of SQuAD v1.1 or v2.0, SEAL's regrouped form or XQuAD, or Arrow tables of
 *     passages; empty in the recipe, given by {@code --set}. Of a title that two files have, the
 *     first file counts
 * @param loop share of the articles that policies are reinforced on
 * @param development share of the articles for the choice of settings; the rest is for confirmation
 * @param questions fewest questions of a passage; passages with fewer are left out
 * @param words most words of a passage; longer ones are left out
 */
public record StudyDataKeys(
    List<Path> passages, double loop, double development, int questions, int words) {
  public StudyDataKeys {
    passages = List.copyOf(passages);
    Checks.require(
        loop > 0 && development > 0 && loop + development < 1,
        "data.loop and data.development must be above 0 and together below 1 but were %s and %s",
        loop,
        development);
    Checks.require(questions >= 1, "data.questions must be >= 1 but was %d", questions);
    Checks.require(words >= 1, "data.words must be >= 1 but was %d", words);
  }

  /** Refuses files that are missing, before anything is made. */
  public void requireFiles() {
    Checks.require(
        !passages.isEmpty(),
        "data.passages names nothing: name files of passages with --set data.passages=[FILE]");
    for (Path file : passages) {
      Checks.require(
          Files.isRegularFile(file), "data.passages names %s, but there is no such file", file);
    }
  }

  /** The passages that are long and short enough, in the order of the files. */
  public List<Passage> read() {
    List<Passage> all = new ArrayList<>();
    Set<String> titles = new HashSet<>();
    for (Path file : passages) {
      List<Passage> fitting =
          PassageReader.read(file, ImpossibleQuestions.DROP).stream()
              .filter(passage -> !titles.contains(passage.title()) && fits(passage))
              .toList();
      all.addAll(fitting);
      fitting.forEach(passage -> titles.add(passage.title()));
    }
    Checks.require(
        !all.isEmpty(),
        "no passage of data.passages has at least %d questions and at most %d words; lower"
            + " data.questions or raise data.words",
        questions,
        words);
    return all;
  }

  private boolean fits(Passage passage) {
    return passage.questions().size() >= questions
        && passage.context().strip().split("\\s+", -1).length <= words;
  }
}
