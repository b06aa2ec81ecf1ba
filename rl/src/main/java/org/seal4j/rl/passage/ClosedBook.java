package org.seal4j.rl.passage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.eval.squad.OfflineGrader;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.eval.stats.TaskBootstrap;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.Progress;

/**
 * Questions about passages that the model does not see (docs/seal.md §2.5): greedy answers of at
 * most 64 tokens, graded by every grader that needs no model.
 *
 * @param answers each question with what was answered
 * @param figures mean grade by grader, with intervals bootstrapped over passages
 */
public record ClosedBook(List<Answer> answers, Map<String, Estimate> figures) {
  private static final int MAX_TOKENS = 64;
  private static final int AT_ONCE = 16;

  /**
   * One answer.
   *
   * @param passage id of the passage
   * @param question its text
   * @param golds accepted answers
   * @param answer what the model wrote
   */
  public record Answer(String passage, String question, List<String> golds, String answer) {}

  /** A question with its passage. */
  private record Asked(Passage passage, Question question) {}

  /**
   * Asks about the passages in their order.
   *
   * @param asker the model, and the form in which it is asked
   * @param most most questions, 0 for all
   */
  public static ClosedBook of(
      AskedModel asker, List<Passage> passages, int most, Progress progress) {
    TextModel model = asker.model();
    List<Asked> asked = new ArrayList<>();
    for (Passage passage : passages) {
      passage.questions().forEach(question -> asked.add(new Asked(passage, question)));
    }
    List<Asked> chosen = most == 0 ? asked : asked.subList(0, Math.min(most, asked.size()));
    Checks.require(!chosen.isEmpty(), "there is no question to ask");
    List<Answer> answers = new ArrayList<>();
    int[] ends = asker.ends().stream().mapToInt(Integer::intValue).toArray();
    GenerationConfig config =
        new GenerationConfig(Sampling.mostLikely(), StopRule.after(MAX_TOKENS).orAt(ends));
    GeneratorOptions options = new GeneratorOptions(AT_ONCE, 64);
    progress.start("asking", chosen.size());
    try (Worker worker = new Worker(model.engine());
        Generator generator =
            new Generator(model.folder().weights(), model.linears(), worker, options)) {
      for (int from = 0; from < chosen.size(); from += AT_ONCE) {
        List<Asked> part = chosen.subList(from, Math.min(from + AT_ONCE, chosen.size()));
        List<Prompt> prompts = part.stream().map(one -> prompt(asker, one)).toList();
        var written = generator.generate(prompts, config);
        for (int i = 0; i < part.size(); i++) {
          answers.add(answer(model, part.get(i), written.get(i).tokens()));
        }
        progress.step(answers.size(), "");
      }
    }
    progress.end();
    return new ClosedBook(answers, figures(answers));
  }

  private static Prompt prompt(AskedModel asker, Asked asked) {
    int[] ids = asker.ids(asked.passage(), asked.question());
    int context = asker.model().context();
    Checks.require(
        ids.length + MAX_TOKENS <= context,
        "question %s has %d tokens with its prompt, and %d for the answer do not fit the model's %d",
        asked.question().id(),
        ids.length,
        MAX_TOKENS,
        context);
    TokenSequence tokens = new TokenSequence(ids, new int[ids.length], new float[ids.length]);
    return Prompt.of(tokens, Seeds.of(0));
  }

  private static Answer answer(TextModel model, Asked asked, int[] tokens) {
    Question question = asked.question();
    String text = model.tokenizer().decode(tokens).strip();
    return new Answer(asked.passage().id(), question.text(), question.answers(), text);
  }

  private static Map<String, Estimate> figures(List<Answer> answers) {
    Map<String, Estimate> figures = new LinkedHashMap<>();
    for (OfflineGrader grader : OfflineGrader.values()) {
      List<Outcome> outcomes =
          answers.stream()
              .map(a -> new Outcome(a.passage(), grader.grade(a.question(), a.golds(), a.answer())))
              .toList();
      figures.put(
          grader.label(),
          new TaskBootstrap(Seeds.of(0).child("closed book"), 2000, 0.95).mean(outcomes));
    }
    return figures;
  }
}
