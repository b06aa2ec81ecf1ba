package org.seal4j.rl.passage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.squad.Passage;

/**
 * Synthetic text by entities (EntiGraph, Yang et al. 2024; as a baseline of SEAL, docs/seal.md
 * §2.2): a model names the entities of a passage, then discusses it once for each of some pairs and
 * triples of them. This type writes the prompts, reads the entities and chooses the groups; who
 * answers is the caller's choice.
 *
 * @param entities most entities used, SEAL's 10
 * @param pairs most pairs discussed, SEAL's 5
 * @param triples most triples discussed, SEAL's 5
 */
public record EntiGraph(int entities, int pairs, int triples) {
  public EntiGraph {
    Checks.require(
        entities >= 2 && pairs >= 0 && triples >= 0 && pairs + triples >= 1,
        "EntiGraph needs at least 2 entities and a pair or triple but got %d entities, %d pairs,"
            + " %d triples",
        entities,
        pairs,
        triples);
  }

  /** At most ten entities, five pairs, five triples. */
  public static EntiGraph defaults() {
    return new EntiGraph(10, 5, 5);
  }

  /** Asks for a summary and the entities as one JSON object. */
  public String entityPrompt(Passage passage) {
    return """
        Summarise the passage below and name the people, places, things and ideas that it is about.
        Answer with one JSON object and nothing else, of this form:
        {"summary": "...", "entities": ["...", "..."]}

        Passage:
        %s
        %s

        JSON:
        """
        .formatted(passage.title(), passage.context());
  }

  /** The entities that this answer names, the first {@link #entities()} different ones. */
  public List<String> read(String answer, Passage passage) {
    return EntityAnswer.entities(answer, passage.context()).stream().limit(entities).toList();
  }

  /** The pairs, then the triples, that are discussed; each list shuffled by its own draws. */
  public List<List<String>> groups(List<String> named, Rng rng) {
    List<List<String>> groups = new ArrayList<>(chosen(combinations(named, 2), pairs, rng));
    groups.addAll(chosen(combinations(named, 3), triples, rng));
    return groups;
  }

  /** Asks to tell the passage again for these entities and to discuss how they hang together. */
  public String groupPrompt(Passage passage, List<String> group) {
    return """
        Read the passage below. Tell it again from the side of each of these in turn: %s.
        Then discuss how they act on each other, according to the passage.

        Passage:
        %s
        %s

        Discussion:
        """
        .formatted(String.join("; ", group), passage.title(), passage.context());
  }

  /**
   * What a model writes about a passage in this way: one text per pair, then one per triple.
   *
   * @param model answers a prompt
   */
  public List<String> write(Passage passage, Rng rng, UnaryOperator<String> model) {
    List<String> named = read(model.apply(entityPrompt(passage)), passage);
    return groups(named, rng).stream()
        .map(group -> model.apply(groupPrompt(passage, group)))
        .toList();
  }

  private static List<List<String>> chosen(List<List<String>> all, int most, Rng rng) {
    List<List<String>> shuffled = new ArrayList<>(all);
    rng.shuffle(shuffled);
    return shuffled.subList(0, Math.min(most, shuffled.size()));
  }

  /** All ways to take so many of the items, in the order of the items. */
  private static List<List<String>> combinations(List<String> items, int size) {
    if (size == 0) {
      return List.of(List.of());
    }
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      for (List<String> rest : combinations(items.subList(i + 1, items.size()), size - 1)) {
        List<String> group = new ArrayList<>(List.of(items.get(i)));
        group.addAll(rest);
        all.add(List.copyOf(group));
      }
    }
    return all;
  }
}
