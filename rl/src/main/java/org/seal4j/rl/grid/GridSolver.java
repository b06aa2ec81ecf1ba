package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridSequences;
import org.seal4j.data.arc.GridVocabulary;
import org.seal4j.data.arc.InferencePrompts;
import org.seal4j.data.arc.InferencePromptsConfig;
import org.seal4j.data.arc.LossMask;
import org.seal4j.data.arc.PromptVariant;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.arc.Candidate;
import org.seal4j.eval.arc.GridGrade;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.KvCache;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.Scorer;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.plan.Worker;

/**
 * Answers test grids with one bank of adapters (or the model itself): several prompts per task,
 * greedy answers, their transforms undone, two-stage voting, two attempts (docs/seal.md §3.5); and
 * the negative log-likelihood of the true grid.
 */
final class GridSolver implements AutoCloseable {
  private static final GeneratorOptions OPTIONS = new GeneratorOptions(256, 8, 32);

  private final ArcLanguage language;
  private final InferencePrompts prompts;
  private final GenerationConfig greedy;
  private final Generator generator;
  private final Scorer scorer;

  /**
   * How a test grid is asked for.
   *
   * @param prompts which views of the task
   * @param maxTokens longest prompt with its answer
   */
  record Config(InferencePromptsConfig prompts, int maxTokens) {}

  /**
   * What came out.
   *
   * @param grade attempts and whether they are right
   * @param nll mean negative log-likelihood of the true grid's tokens, in nats
   */
  record Answer(GridGrade grade, double nll) {}

  /**
   * @param cache of the thread, shared by its solvers
   */
  GridSolver(ArcModel model, LinearBank bank, Worker worker, KvCache cache, Config config) {
    this.language = model.language();
    Weights weights = model.weights();
    int longest =
        language.sequences().codec().maxHeight() * (language.sequences().codec().maxWidth() + 1);
    int room = Math.max(1, config.maxTokens - longest);
    prompts =
        new InferencePrompts(
            config.prompts,
            view -> language.sequences().fitsPrompt(view.demonstrations(), view.query(), room));
    greedy =
        new GenerationConfig(
            Sampling.mostLikely(),
            StopRule.after(longest + 1)
                .orAt(GridVocabulary.END, GridVocabulary.IN, GridVocabulary.EDIT));
    generator = new Generator(weights, bank, worker, OPTIONS, cache);
    scorer = new Scorer(weights, bank, worker);
  }

  /**
   * Answers one task per adapter.
   *
   * @param adapters the adapter of each task
   * @param seeds of each task's prompts
   */
  List<Answer> solve(List<ArcTask> tasks, int[] adapters, List<Seeds> seeds) {
    List<List<PromptVariant>> views = new ArrayList<>();
    List<Prompt> asked = new ArrayList<>();
    List<TokenSequence> truths = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      List<PromptVariant> variants = prompts.build(tasks.get(i), seeds.get(i).child("prompts"));
      views.add(variants);
      for (PromptVariant view : variants) {
        asked.add(prompt(view).withAdapter(adapters[i]));
      }
      truths.add(truth(tasks.get(i), variants));
    }
    List<Generation> written = generator.generate(asked, greedy);
    var scores = scorer.score(truths, adapters);
    List<Answer> answers = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < tasks.size(); i++) {
      List<Candidate> candidates = new ArrayList<>();
      for (PromptVariant view : views.get(i)) {
        candidates.add(candidate(view, written.get(next++)));
      }
      GridGrade grade = GridGrade.of(candidates, tasks.get(i).test().output());
      answers.add(new Answer(grade, scores.get(i).mean()));
    }
    return answers;
  }

  private Prompt prompt(PromptVariant view) {
    TokenSequence tokens = language.sequences().prompt(view.demonstrations(), view.query());
    return Prompt.of(tokens, Seeds.of(0)).withContinuation(ArcPolicy.after(language, tokens));
  }

  /** The true grid after the first, plain prompt; its terminator is not scored. */
  private TokenSequence truth(ArcTask task, List<PromptVariant> variants) {
    GridSequences sequences = language.sequences();
    var demonstrations =
        variants.isEmpty() ? task.demonstrations() : variants.get(0).demonstrations();
    TokenSequence example = sequences.example(demonstrations, task.test(), LossMask.LAST_OUTPUT);
    float[] weights = example.weights().clone();
    weights[weights.length - 1] = 0;
    return new TokenSequence(example.ids(), example.positions(), weights);
  }

  private Candidate candidate(PromptVariant view, Generation answer) {
    Optional<Grid> grid = language.sequences().codec().decode(answer.tokens());
    return new Candidate(view.category(), grid.map(view::restore));
  }

  @Override
  public void close() {
    generator.close();
    scorer.close();
  }
}
