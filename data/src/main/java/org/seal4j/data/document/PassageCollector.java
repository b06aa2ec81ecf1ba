package org.seal4j.data.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.squad.Question;

/**
 * Collects passages, each text once. A later one with the text of an earlier one, up to white
 * space, leaves nothing but its questions, which the earlier one gets, and a note.
 */
final class PassageCollector {
  private final List<DocumentPassage> passages = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final Set<String> questionIds = new HashSet<>();
  private final List<String> notes = new ArrayList<>();

  /** Adds the passages of a file. */
  void add(String file, List<DocumentPassage> ofFile) {
    int twice = 0;
    String first = "";
    for (DocumentPassage passage : ofFile) {
      String hash = ContentHash.ofText(CleanText.oneLine(passage.text()));
      Integer earlier = places.putIfAbsent(hash, passages.size());
      if (earlier == null) {
        passages.add(passage.withQuestions(ask(List.of(), passage.questions())));
      } else {
        DocumentPassage kept = passages.get(earlier);
        passages.set(earlier, kept.withQuestions(ask(kept.questions(), passage.questions())));
        first = twice == 0 ? passage.id() + " is " + kept.id() : first;
        twice++;
      }
    }
    if (twice > 0) {
      notes.add(
          "%s: %d of %d passages have the text of an earlier one and were left out (%s)"
              .formatted(file, twice, ofFile.size(), first));
    }
  }

  /** The questions with those of the others that are not among them, each with an id of its own. */
  private List<Question> ask(List<Question> questions, List<Question> others) {
    List<Question> all = new ArrayList<>(questions);
    for (Question other : others) {
      if (all.stream().noneMatch(known -> known.text().equals(other.text()))) {
        String id = other.id();
        for (int again = 2; !questionIds.add(id); again++) {
          id = other.id() + "#" + again;
        }
        all.add(new Question(id, other.text(), other.answers(), other.impossible()));
      }
    }
    return all;
  }

  List<DocumentPassage> all() {
    return passages;
  }

  List<String> notes() {
    return notes;
  }
}
