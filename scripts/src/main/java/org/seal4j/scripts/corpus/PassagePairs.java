package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.squad.TwoHopQuestion;

/**
 * Pairs of passages with questions that need both, one pair for each title of a second passage: the
 * pair that most questions can be made of. No passage is in two.
 */
final class PassagePairs {
  /** Most questions of a pair. */
  private static final int MOST = 5;

  private PassagePairs() {}

  /**
   * A pair.
   *
   * @param first passage that says who or what is meant
   * @param second passage that says what is asked
   * @param questions that need both
   */
  record Pair(Passage first, Passage second, List<Question> questions) {
    /** As what is examined, where it is the pair of this number, from 0. */
    Examined examined(int number) {
      Passage asked = new Passage(second.id(), second.title(), second.context(), questions);
      return new Examined(asked, List.of(first.id(), second.id()), 2 * (number + 1));
    }
  }

  /** The pairs of some articles, in the order of these. */
  static List<Pair> of(List<List<Passage>> articles) {
    Map<String, List<Pair>> byTitle = new LinkedHashMap<>();
    articles.forEach(article -> byTitle.put(article.get(0).title(), new ArrayList<>()));
    all(articles)
        .forEach(
            pair -> byTitle.computeIfAbsent(pair.second.title(), t -> new ArrayList<>()).add(pair));
    Set<String> used = new HashSet<>();
    List<Pair> chosen = new ArrayList<>();
    for (List<Pair> pairs : byTitle.values()) {
      pairs.stream()
          .filter(pair -> !used.contains(pair.first.id()) && !used.contains(pair.second.id()))
          .max(Comparator.comparingInt(pair -> pair.questions.size()))
          .ifPresent(
              pair -> {
                used.add(pair.first.id());
                used.add(pair.second.id());
                chosen.add(pair);
              });
    }
    return chosen;
  }

  private static List<Pair> all(List<List<Passage>> articles) {
    Map<List<String>, List<TwoHopQuestion>> byPair = new LinkedHashMap<>();
    for (TwoHopQuestion one : TwoHopQuestion.of(articles.stream().flatMap(List::stream).toList())) {
      byPair
          .computeIfAbsent(List.of(one.first().id(), one.second().id()), p -> new ArrayList<>())
          .add(one);
    }
    List<Pair> pairs = new ArrayList<>();
    for (List<TwoHopQuestion> questions : byPair.values()) {
      // One for each question about the second passage, whatever leads to it.
      Map<String, Question> distinct = new LinkedHashMap<>();
      questions.forEach(one -> distinct.putIfAbsent(one.asked().id(), one.question()));
      pairs.add(
          new Pair(
              questions.get(0).first(),
              questions.get(0).second(),
              distinct.values().stream().limit(MOST).toList()));
    }
    return pairs;
  }
}
