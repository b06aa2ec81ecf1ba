package org.seal4j.eval.squad;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.squad.JudgedAnswer;

/**
 * Judged answers, each (question, gold, answer) once.
 *
 * @param answers with the verdict that most judgements of it gave, the first where they are even
 * @param judgements how many there were
 * @param repeated how many triples were judged more than once
 * @param disputed how many of these got both verdicts
 */
public record JudgedTriples(
    List<JudgedAnswer> answers, int judgements, int repeated, int disputed) {
  public JudgedTriples {
    answers = List.copyOf(answers);
  }

  /** The distinct triples in the order of their first judgement. */
  public static JudgedTriples of(List<JudgedAnswer> judgements) {
    Map<List<String>, List<JudgedAnswer>> byTriple = new LinkedHashMap<>();
    for (JudgedAnswer one : judgements) {
      byTriple
          .computeIfAbsent(
              List.of(one.question(), one.gold(), one.answer()), key -> new ArrayList<>())
          .add(one);
    }
    List<JudgedAnswer> answers = new ArrayList<>();
    int repeated = 0;
    int disputed = 0;
    for (List<JudgedAnswer> same : byTriple.values()) {
      long yes = same.stream().filter(JudgedAnswer::correct).count();
      long no = same.size() - yes;
      JudgedAnswer first = same.get(0);
      boolean correct = yes == no ? first.correct() : yes > no;
      answers.add(
          new JudgedAnswer(first.title(), first.question(), first.gold(), first.answer(), correct));
      repeated += same.size() > 1 ? 1 : 0;
      disputed += yes > 0 && no > 0 ? 1 : 0;
    }
    return new JudgedTriples(answers, judgements.size(), repeated, disputed);
  }
}
