package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.inner.Asking;

/**
 * What the model answers that reads a passage, with its likeliest tokens at each place: the teacher
 * of context distillation. A question is answered once, for all self-edits that ask it. Answers are
 * those of the weights as they are while {@link #answer} runs; {@link #forget} them when the
 * weights change.
 */
public final class TeacherAnswers {
  private final Weights weights;
  private final StudyForm form;
  private final Workers workers;
  private final GenerationConfig answering;
  private final Map<String, Map<String, Answered>> known = new HashMap<>();

  /**
   * @param tokens longest answer
   * @param likeliest tokens of the teacher at each place
   */
  public TeacherAnswers(
      Weights weights, StudyForm form, int tokens, int likeliest, Workers workers) {
    this.weights = weights;
    this.form = form;
    this.workers = workers;
    answering = new GenerationConfig(Sampling.mostLikely(), form.line(tokens), likeliest);
  }

  /** A question about a passage. */
  record Asked(Passage passage, String question) {}

  /** Answers what is not yet answered. */
  void answer(List<Asked> questions) {
    Map<Passage, List<String>> missing = new LinkedHashMap<>();
    for (Asked one : questions) {
      Map<String, Answered> about =
          known.computeIfAbsent(one.passage.id(), id -> new LinkedHashMap<>());
      List<String> asked = missing.computeIfAbsent(one.passage, p -> new ArrayList<>());
      if (!about.containsKey(one.question) && !asked.contains(one.question)) {
        asked.add(one.question);
      }
    }
    List<Asked> all = new ArrayList<>();
    List<List<Prompt>> groups = new ArrayList<>();
    missing.forEach(
        (passage, list) -> {
          list.forEach(q -> all.add(new Asked(passage, q)));
          groups.add(
              list.stream().map(q -> Prompt.of(form.openBook(passage, q), Seeds.of(0))).toList());
        });
    if (all.isEmpty()) {
      return;
    }
    try (Asking asking =
        new Asking(weights, LinearBank.base(weights), workers, QuestionWriter.ROWS)) {
      List<Generation> made = asking.groups(groups, answering);
      for (int i = 0; i < all.size(); i++) {
        Asked one = all.get(i);
        Checks.present(known.get(one.passage.id()), "a passage is missing")
            .put(one.question, Answered.of(form, made.get(i)));
      }
    }
  }

  /** The answer to a question that was answered. */
  Answered of(Passage passage, String question) {
    Map<String, Answered> about = known.getOrDefault(passage.id(), Map.of());
    Answered answer = about.get(question);
    if (answer == null) {
      throw new IllegalStateException(
          "the teacher was not asked '" + question + "' about " + passage.id());
    }
    return answer;
  }

  /** Drops all answers: the weights are others now. */
  void forget() {
    known.clear();
  }
}
