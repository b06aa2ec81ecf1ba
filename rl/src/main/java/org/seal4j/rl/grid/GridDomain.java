package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Demonstrations;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.arc.InferencePromptsConfig;
import org.seal4j.data.arc.LossMask;
import org.seal4j.data.arc.LossWeights;
import org.seal4j.data.arc.TestTimeTraining;
import org.seal4j.data.arc.TestTimeTrainingConfig;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.generate.TokenMask;
import org.seal4j.rl.Domain;
import org.seal4j.rl.EditFormat;
import org.seal4j.rl.EditLanguage;
import org.seal4j.rl.Examiner;
import org.seal4j.rl.InvalidReason;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.reward.EditFeatures;

/**
 * Grid tasks (docs/seal.md §3): the self-edit configures one test-time training, and the adapted
 * model answers the hidden grid. After the demonstrations and the EDIT marker the policy writes one
 * symbol per choice; the journal keeps edits as the JSON of docs/seal.md §3.2. The two forms map
 * one to one.
 */
public final class GridDomain
    implements Domain<GridContext, FewShotEdit>,
        EditLanguage.OnePrompt<GridContext, FewShotEdit>,
        EditFeatures<GridContext, FewShotEdit> {
  private final GridLanguage language;
  private final Config config;
  private final TestTimeTraining sets;
  private final GridExaminer examiner;
  private final Supplier<TokenMask> grammar;
  private final GridFeatures features;

  /**
   * How edits are read, applied and examined.
   *
   * @param schema the self-edits that can be written
   * @param trainingSet how task and flags become a training set
   * @param outputTokens what {@code train_using_output_tokens} puts loss on: all output grids of a
   *     sequence, or the last one as in SEAL
   * @param answer which prompts a test grid is asked for with
   * @param maxTokens longest sequence; longer pseudo-tasks are dropped
   * @param batch sequences per optimizer step
   * @param maxSteps most optimizer steps that an edit may cost; more is invalid (SEAL: 375)
   * @param grammar whether only symbols that make a well-formed edit may be written
   */
  public record Config(
      EditSchema schema,
      TestTimeTrainingConfig trainingSet,
      LossMask outputTokens,
      InferencePromptsConfig answer,
      int maxTokens,
      int batch,
      long maxSteps,
      boolean grammar) {
    public Config {
      Checks.require(
          outputTokens != LossMask.ALL_TOKENS,
          "outputTokens must be output_grids or last_output: all tokens is the other strategy");
      Checks.require(maxSteps >= 1, "maxSteps must be >= 1 but was %d", maxSteps);
    }

    /** The same where only well-formed edits may be written. */
    Config withGrammar() {
      return new Config(
          schema, trainingSet, outputTokens, answer, maxTokens, batch, maxSteps, true);
    }
  }

  public GridDomain(GridLanguage language, Config config) {
    this.language = language;
    this.config = config;
    sets =
        new TestTimeTraining(
            config.trainingSet, task -> language.sequences().fits(task, config.maxTokens));
    examiner = new GridExaminer(language, config.answer, config.maxTokens);
    features = new GridFeatures(config.schema);
    List<int[]> places = new ArrayList<>();
    for (int slot = 0; slot < language.edits().length(); slot++) {
      places.add(language.tokens(language.edits().allowed(slot)));
    }
    grammar = config.grammar ? TokenMask.places(places) : () -> TokenMask.ANY;
  }

  @Override
  public EditFormat<GridContext, FewShotEdit> format() {
    FewShotEditJson json = new FewShotEditJson(config.schema);
    return new EditFormat<>() {
      @Override
      public ParsedEdit<FewShotEdit> read(GridContext context, String raw) {
        return affordable(context, language.edits().read(raw));
      }

      @Override
      public String write(FewShotEdit edit) {
        return json.write(edit);
      }
    };
  }

  private ParsedEdit<FewShotEdit> affordable(GridContext context, ParsedEdit<FewShotEdit> parsed) {
    if (parsed instanceof ParsedEdit.Valid<FewShotEdit> valid) {
      long cost = task(context.task().shown(), valid.edit(), Seeds.of(0)).steps(config.batch);
      if (cost > config.maxSteps) {
        return new ParsedEdit.Invalid<>(
            InvalidReason.TOO_MANY_STEPS,
            "the edit would train for %d steps but at most %d are allowed"
                .formatted(cost, config.maxSteps));
      }
    }
    return parsed;
  }

  @Override
  public Optional<InnerLoopTask> training(GridContext context, FewShotEdit edit, Seeds seeds) {
    return Optional.of(task(context.task().shown(), edit, seeds));
  }

  /** The training of one adapter; the size of its set does not depend on the seeds. */
  private InnerLoopTask task(Demonstrations task, FewShotEdit edit, Seeds seeds) {
    return new InnerLoopTask(
        sequences(task, edit, seeds), edit.learningRate(), edit.epochs(), seeds);
  }

  /** What an edit trains on; none where the model can take none of it. */
  List<TokenSequence> sequences(Demonstrations task, FewShotEdit edit, Seeds seeds) {
    LossMask mask =
        edit.strategy() == Strategy.ALL_TOKENS ? LossMask.ALL_TOKENS : config.outputTokens;
    List<TokenSequence> sequences = new ArrayList<>();
    for (ArcTask pseudo : sets.build(task, edit.augmentations(), seeds)) {
      sequences.add(language.sequences().example(pseudo, mask));
    }
    return sequences;
  }

  @Override
  public double[] features(GridContext context, FewShotEdit edit) {
    return features.of(context.task(), edit);
  }

  @Override
  public Examiner<GridContext> examiner() {
    return examiner;
  }

  /** Asks for the test grid by the first, plain prompt alone: nothing votes, one attempt. */
  public Examiner<GridContext> withoutVote() {
    return new GridExaminer(language, config.answer, config.maxTokens, 1);
  }

  /** How it asks for grids. */
  GridExaminer asking() {
    return examiner;
  }

  @Override
  public Prompt prompt(GridContext context, Seeds seeds) {
    return prompt(context.task().demonstrations(), seeds);
  }

  /** The prompt behind which a self-edit for these worked pairs is written. */
  Prompt prompt(List<GridPair> demonstrations, Seeds seeds) {
    TokenSequence tokens = language.sequences().policyPrompt(demonstrations);
    return Prompt.of(tokens, seeds).withMask(grammar).withContinuation(language.after(tokens));
  }

  @Override
  public StopRule stop() {
    return StopRule.after(language.edits().length());
  }

  @Override
  public String text(int[] tokens) {
    return language.text(tokens);
  }

  @Override
  public TokenSequence example(GridContext context, FewShotEdit edit) {
    return example(context.task().demonstrations(), language.tokens(edit));
  }

  /** Worked pairs with the tokens of a self-edit behind them, which alone have weight. */
  TokenSequence example(List<GridPair> demonstrations, int[] edit) {
    return language.sequences().policyExample(demonstrations, edit, LossWeights.editOnly());
  }
}
