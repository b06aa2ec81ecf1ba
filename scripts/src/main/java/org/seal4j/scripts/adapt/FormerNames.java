package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.seal4j.data.check.Checks;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.lora.bundle.BundleContents;
import org.seal4j.lora.bundle.BundleEntry;
import org.seal4j.lora.bundle.BundleQuestion;
import org.seal4j.lora.bundle.StateVector;

/**
 * Documents that a bundle knows by another name. A file that was renamed, or moved to another
 * folder, has at their places all passages that the bundle has of a document which is not given
 * with it, and hardly any others. Its adapters go over to the new name.
 */
final class FormerNames {
  private final BundleContents contents;
  private final Map<String, List<DocumentPassage>> given;

  /** Former names by new ones. */
  private final Map<String, String> former = new LinkedHashMap<>();

  private FormerNames(BundleContents contents, Map<String, List<DocumentPassage>> given) {
    this.contents = contents;
    this.given = given;
  }

  /**
   * Finds them.
   *
   * @param contents of the bundle
   * @param documents that are given
   */
  static FormerNames of(BundleContents contents, DocumentSet documents) {
    Map<String, List<DocumentPassage>> given =
        documents.passages().stream()
            .collect(
                Collectors.groupingBy(
                    passage -> BundleEntries.document(documents, passage.id()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    FormerNames names = new FormerNames(contents, given);
    Set<String> known = Set.copyOf(contents.documents());
    given.keySet().stream()
        .filter(Predicate.not(known::contains))
        .forEach(name -> names.find(name).ifPresent(other -> names.former.put(name, other)));
    return names;
  }

  /** Of several that have the same text, the one with the same titles. */
  private Optional<String> find(String name) {
    return contents.documents().stream()
        .filter(other -> !given.containsKey(other) && !former.containsValue(other))
        .filter(other -> isSame(name, other))
        .max(Comparator.comparingLong(other -> sameTitles(name, other)));
  }

  private boolean isSame(String name, String other) {
    List<BundleEntry> entries = contents.of(other);
    return 2 * entries.size() > passages(name).size()
        && entries.stream()
            .allMatch(
                entry ->
                    passage(name, entry)
                        .filter(passage -> passage.text().equals(entry.text()))
                        .isPresent());
  }

  private long sameTitles(String name, String other) {
    return contents.of(other).stream()
        .filter(
            entry ->
                passage(name, entry)
                    .filter(passage -> passage.title().equals(entry.title()))
                    .isPresent())
        .count();
  }

  private List<DocumentPassage> passages(String name) {
    return Checks.present(given.get(name), "the document %s is not given", name);
  }

  /** The passage at the place of an entry of another document. */
  private Optional<DocumentPassage> passage(String name, BundleEntry entry) {
    String id = name + entry.passage().substring(entry.document().length());
    return passages(name).stream().filter(passage -> passage.id().equals(id)).findFirst();
  }

  /** The name by which a document was known; empty where it is known by its own, or not at all. */
  Optional<String> of(String document) {
    return Optional.ofNullable(former.get(document));
  }

  /** Title and text of passages whose title was the name of the file: they are to be read anew. */
  List<String> retitled() {
    List<String> texts = new ArrayList<>();
    former.forEach(
        (name, other) ->
            contents.of(other).stream()
                .filter(entry -> !whole(name, entry).equals(entry.whole()))
                .forEach(entry -> texts.add(whole(name, entry))));
    return texts;
  }

  private String whole(String name, BundleEntry entry) {
    DocumentPassage passage = passage(name, entry).orElseThrow();
    return BundleEntry.whole(passage.title(), passage.text());
  }

  /**
   * What the bundle says, with the new names.
   *
   * @param states of {@link #retitled}
   */
  BundleContents applied(Map<String, StateVector> states) {
    BundleContents now = contents;
    for (Map.Entry<String, String> one : former.entrySet()) {
      String name = one.getKey();
      List<BundleEntry> entries = new ArrayList<>();
      Map<String, String> ids = new HashMap<>();
      for (BundleEntry entry : contents.of(one.getValue())) {
        BundleEntry renamed = renamed(name, entry, states);
        entries.add(renamed);
        ids.put(entry.passage(), renamed.passage());
      }
      List<BundleQuestion> questions = new ArrayList<>();
      for (BundleQuestion question : contents.questions()) {
        String id = ids.get(question.passage());
        if (id != null) {
          questions.add(new BundleQuestion(id, question.text(), question.state()));
        }
      }
      now = now.with(name, entries, questions).with(one.getValue(), List.of(), List.of());
    }
    return now;
  }

  private BundleEntry renamed(String name, BundleEntry entry, Map<String, StateVector> states) {
    DocumentPassage passage = passage(name, entry).orElseThrow();
    return new BundleEntry(
        passage.id(),
        name,
        passage.title(),
        passage.source(),
        passage.text(),
        entry.adapter(),
        entry.bytes(),
        entry.canary(),
        states.getOrDefault(whole(name, entry), entry.state()));
  }
}
