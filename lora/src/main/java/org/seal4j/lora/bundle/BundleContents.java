package org.seal4j.lora.bundle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;

/**
 * All that a bundle says but the numbers of its adapters. The order in which passages come in does
 * not matter: they stand in that of their ids.
 *
 * @param base what the adapters are made for
 * @param way in which questions are sent to passages unless somebody says otherwise
 * @param recipe how they were made, a text that is kept for whoever adds to the bundle
 * @param entries at least one
 * @param questions that the gate is set by
 */
public record BundleContents(
    BundleBase base,
    RouteWay way,
    String recipe,
    List<BundleEntry> entries,
    List<BundleQuestion> questions) {
  public BundleContents {
    Checks.require(!entries.isEmpty(), "a bundle needs one passage at least");
    entries = entries.stream().sorted(Comparator.comparing(BundleEntry::passage)).toList();
    questions =
        questions.stream()
            .sorted(
                Comparator.comparing(BundleQuestion::passage).thenComparing(BundleQuestion::text))
            .toList();
    Set<String> ids = new TreeSet<>();
    int size = entries.get(0).state().size();
    for (BundleEntry entry : entries) {
      Checks.require(
          ids.add(entry.passage()), "two passages of a bundle have the id %s", entry.passage());
      requireSize(entry.state(), size, entry.passage());
    }
    for (BundleQuestion question : questions) {
      Checks.require(
          !question.known() || ids.contains(question.passage()),
          "a question is about the passage %s, which the bundle does not have",
          question.passage());
      requireSize(question.state(), size, question.text());
    }
  }

  private static void requireSize(StateVector state, int size, String what) {
    Checks.require(
        state.size() == size,
        "the state of '%s' has %d numbers but others have %d; they are of different models",
        what,
        state.size(),
        size);
  }

  /** The documents, in the order of their names. */
  public List<String> documents() {
    return entries.stream().map(BundleEntry::document).distinct().sorted().toList();
  }

  /** The passages of a document. */
  public List<BundleEntry> of(String document) {
    return entries.stream().filter(entry -> entry.document().equals(document)).toList();
  }

  /** The adapters, each once: passages with the same text share one. */
  Set<String> adapters() {
    return entries.stream()
        .map(BundleEntry::adapter)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The same with a document as it is now: what was there of it is left out.
   *
   * @param now its passages
   * @param about the questions about them
   */
  public BundleContents with(String document, List<BundleEntry> now, List<BundleQuestion> about) {
    Set<String> gone = passages(document);
    return new BundleContents(
        base,
        way,
        recipe,
        Stream.concat(entries.stream().filter(e -> !gone.contains(e.passage())), now.stream())
            .toList(),
        Stream.concat(questions.stream().filter(q -> !gone.contains(q.passage())), about.stream())
            .toList());
  }

  /** The same without these documents, which must be there; one passage at least must stay. */
  public BundleContents without(List<String> leaving) {
    List<String> known = documents();
    for (String document : leaving) {
      Checks.require(
          known.contains(document),
          "the bundle has no document %s; it has %s",
          document,
          Shown.names(known));
    }
    Set<String> gone = new TreeSet<>();
    leaving.forEach(document -> gone.addAll(passages(document)));
    List<BundleEntry> stay =
        new ArrayList<>(entries.stream().filter(e -> !gone.contains(e.passage())).toList());
    Checks.require(
        !stay.isEmpty(),
        "nothing would be left of the bundle without %s; delete its folder instead",
        Shown.names(leaving));
    return new BundleContents(
        base,
        way,
        recipe,
        stay,
        questions.stream().filter(q -> !gone.contains(q.passage())).toList());
  }

  private Set<String> passages(String document) {
    return of(document).stream().map(BundleEntry::passage).collect(Collectors.toSet());
  }
}
