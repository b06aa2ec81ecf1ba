package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridCodec;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.arc.GridVocabulary;
import org.seal4j.data.arc.InferencePrompts;
import org.seal4j.data.arc.InferencePromptsConfig;
import org.seal4j.data.arc.LossMask;
import org.seal4j.data.arc.PromptVariant;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.arc.Candidate;
import org.seal4j.eval.arc.GridGrade;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.rl.Exam;
import org.seal4j.rl.Examiner;
import org.seal4j.rl.Grade;

/**
 * Asks for the test grid by several prompts per task: greedy answers, their transforms undone,
 * two-stage voting, two attempts (docs/seal.md §3.5); the dense reward is the likelihood of the
 * true grid behind the first prompt.
 */
final class GridExaminer implements Examiner<GridContext> {
  private final GridLanguage language;
  private final InferencePrompts prompts;
  private final int longest;
  private final int most;

  /**
   * @param maxTokens longest prompt with its answer
   */
  GridExaminer(GridLanguage language, InferencePromptsConfig config, int maxTokens) {
    this(language, config, maxTokens, Integer.MAX_VALUE);
  }

  /**
   * The same with fewer prompts.
   *
   * @param most prompts that are asked, the first ones; with 1 there is nothing to vote on
   */
  GridExaminer(GridLanguage language, InferencePromptsConfig config, int maxTokens, int most) {
    this.language = language;
    this.most = most;
    GridCodec codec = language.sequences().codec();
    longest = codec.longest();
    int room = Math.max(1, maxTokens - longest);
    prompts =
        new InferencePrompts(
            config,
            view -> language.sequences().fitsPrompt(view.demonstrations(), view.query(), room));
  }

  @Override
  public GenerationConfig answering() {
    return new GenerationConfig(
        Sampling.mostLikely(),
        StopRule.after(longest + 1)
            .orAt(GridVocabulary.END, GridVocabulary.IN, GridVocabulary.EDIT));
  }

  @Override
  public Exam exam(GridContext context, Seeds seeds) {
    ArcTask task = context.task();
    List<PromptVariant> views = views(task.demonstrations(), task.test().input(), seeds);
    return new Exam(
        views.stream().map(this::prompt).toList(),
        List.of(gold(task, views)),
        task.test().output().toString(),
        answers -> grade(task, views, answers));
  }

  /** The ways to ask for the output of a grid; none where not one of them fits. */
  List<PromptVariant> views(List<GridPair> demonstrations, Grid query, Seeds seeds) {
    List<PromptVariant> all = prompts.build(demonstrations, query, seeds.child("prompts"));
    return all.subList(0, Math.min(most, all.size()));
  }

  /** One of them as the model reads it. */
  Prompt prompt(PromptVariant view) {
    TokenSequence tokens = language.sequences().prompt(view.demonstrations(), view.query());
    return Prompt.of(tokens, Seeds.of(0)).withContinuation(language.after(tokens));
  }

  /** The true grid after the first, plain prompt; its terminator is not scored. */
  private TokenSequence gold(ArcTask task, List<PromptVariant> views) {
    List<GridPair> demonstrations =
        views.isEmpty() ? task.demonstrations() : views.get(0).demonstrations();
    TokenSequence example =
        language.sequences().example(demonstrations, task.test(), LossMask.LAST_OUTPUT);
    float[] weights = example.weights().clone();
    weights[weights.length - 1] = 0;
    return new TokenSequence(example.ids(), example.positions(), weights);
  }

  private Grade grade(ArcTask task, List<PromptVariant> views, List<int[]> answers) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < views.size(); i++) {
      candidates.add(candidate(views.get(i), answers.get(i)));
    }
    GridGrade grade = GridGrade.of(candidates, task.test().output());
    return new Grade(
        grade.pass2() ? 1 : 0,
        grade.pass1() ? 1 : 0,
        grade.attempts().stream().map(Grid::toString).toList());
  }

  /** What was written behind a prompt, turned back. */
  Candidate candidate(PromptVariant view, int[] answer) {
    return new Candidate(
        view.category(), language.sequences().codec().decode(answer).map(view::restore));
  }
}
