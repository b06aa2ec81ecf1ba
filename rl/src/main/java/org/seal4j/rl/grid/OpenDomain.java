package org.seal4j.rl.grid;

import java.util.List;
import java.util.Optional;
import org.seal4j.data.arc.Demonstrations;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.StopRule;
import org.seal4j.rl.Domain;
import org.seal4j.rl.EditFormat;
import org.seal4j.rl.EditLanguage;
import org.seal4j.rl.Examiner;
import org.seal4j.rl.ParsedEdit;

/**
 * Tasks to be solved. Self-edits mean what they mean in {@link GridDomain}; one that would train
 * for too many steps is not refused but cut short, and where there is nothing to train on the model
 * answers as it is.
 */
final class OpenDomain
    implements Domain<OpenContext, FewShotEdit>, EditLanguage.OnePrompt<OpenContext, FewShotEdit> {
  private final GridDomain grids;
  private final GridLanguage language;
  private final GridDomain.Config config;
  private final long maxSteps;

  /**
   * @param maxSteps most optimizer steps of one training, at least 0
   */
  OpenDomain(GridLanguage language, GridDomain.Config config, long maxSteps) {
    this.language = language;
    this.config = config;
    this.maxSteps = maxSteps;
    grids = new GridDomain(language, config);
  }

  @Override
  public EditFormat<OpenContext, FewShotEdit> format() {
    FewShotEditJson json = new FewShotEditJson(config.schema());
    return new EditFormat<>() {
      @Override
      public ParsedEdit<FewShotEdit> read(OpenContext context, String raw) {
        return language.edits().read(raw);
      }

      @Override
      public String write(FewShotEdit edit) {
        return json.write(edit);
      }
    };
  }

  @Override
  public Optional<InnerLoopTask> training(OpenContext context, FewShotEdit edit, Seeds seeds) {
    Demonstrations shown = context.shown();
    if (shown.pairs().size() < 2 || maxSteps == 0) {
      return Optional.empty(); // test-time training leaves one out
    }
    List<TokenSequence> sequences = grids.sequences(shown, edit, seeds);
    return sequences.isEmpty() ? Optional.empty() : Optional.of(bounded(sequences, edit, seeds));
  }

  /**
   * At most so many steps: whole passes as far as they go, else the beginning of the first, which
   * has the task as it is before its augmented copies.
   */
  private InnerLoopTask bounded(List<TokenSequence> sequences, FewShotEdit edit, Seeds seeds) {
    int batch = config.batch();
    long perPass = (sequences.size() + batch - 1L) / batch;
    int passes = (int) Math.min(edit.epochs(), maxSteps / perPass);
    return passes >= 1
        ? new InnerLoopTask(sequences, edit.learningRate(), passes, seeds)
        : new InnerLoopTask(
            sequences.subList(0, (int) (maxSteps * batch)), edit.learningRate(), 1, seeds);
  }

  @Override
  public Examiner<OpenContext> examiner() {
    return new OpenExaminer(grids.asking());
  }

  /** Whether one of a grid's prompts fits the model. */
  boolean canAsk(OpenContext context) {
    return context.inputs().stream()
        .noneMatch(
            input -> grids.asking().views(context.shown().pairs(), input, Seeds.of(0)).isEmpty());
  }

  @Override
  public Prompt prompt(OpenContext context, Seeds seeds) {
    return grids.prompt(context.shown().pairs(), seeds);
  }

  @Override
  public StopRule stop() {
    return grids.stop();
  }

  @Override
  public String text(int[] tokens) {
    return grids.text(tokens);
  }

  @Override
  public TokenSequence example(OpenContext context, FewShotEdit edit) {
    return written(context, language.tokens(edit));
  }

  /** The worked pairs with these tokens of a self-edit, or the beginning of one, behind them. */
  TokenSequence written(OpenContext context, int[] edit) {
    return grids.example(context.shown().pairs(), edit);
  }
}
