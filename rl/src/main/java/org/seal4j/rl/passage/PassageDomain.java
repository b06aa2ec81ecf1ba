package org.seal4j.rl.passage;

import java.util.List;
import java.util.Optional;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.StopRule;
import org.seal4j.rl.Domain;
import org.seal4j.rl.EditFormat;
import org.seal4j.rl.EditLanguage;
import org.seal4j.rl.Examiner;
import org.seal4j.rl.ParsedEdit;

/**
 * Passages (knowledge incorporation, docs/seal.md §2): the self-edit is a text about a passage, the
 * adapter is trained on it and on the passage, and the adapted model answers questions without the
 * passage.
 *
 * @param language tokens and prompts
 * @param config how edits are applied and examined
 * @param grader judges the answers
 */
public record PassageDomain(PassageLanguage language, Config config, AnswerGrader grader)
    implements Domain<PassageContext, KnowledgeEdit>,
        EditLanguage.OnePrompt<PassageContext, KnowledgeEdit> {
  private static final EditFormat<PassageContext, KnowledgeEdit> FORMAT =
      new EditFormat<>() {
        @Override
        public ParsedEdit<KnowledgeEdit> read(PassageContext context, String raw) {
          return KnowledgeEdit.read(raw);
        }

        @Override
        public String write(KnowledgeEdit edit) {
          return edit.canonical();
        }
      };

  /**
   * How edits are applied and examined.
   *
   * @param texts how a completion becomes training texts
   * @param learningRate peak learning rate of the adapter
   * @param epochs passes over the texts
   * @param maxEditTokens longest self-edit; a longer one ends there
   * @param maxAnswerTokens longest answer (SEAL: 64)
   */
  public record Config(
      TrainingSequences texts,
      double learningRate,
      int epochs,
      int maxEditTokens,
      int maxAnswerTokens) {
    public Config {
      Checks.require(
          maxEditTokens >= 1, "policy.maxNewTokens must be >= 1 but was %d", maxEditTokens);
      Checks.require(
          maxAnswerTokens >= 1, "maxAnswerTokens must be >= 1 but was %d", maxAnswerTokens);
    }
  }

  @Override
  public EditFormat<PassageContext, KnowledgeEdit> format() {
    return FORMAT;
  }

  @Override
  public Optional<InnerLoopTask> training(PassageContext context, KnowledgeEdit edit, Seeds seeds) {
    return training(config.texts.build(edit, context.passage()), seeds);
  }

  /** The training on these texts; empty where there is none. */
  Optional<InnerLoopTask> training(List<String> texts, Seeds seeds) {
    List<TokenSequence> documents = language.documents(texts, config.texts.paddedLabels());
    return documents.isEmpty()
        ? Optional.empty()
        : Optional.of(new InnerLoopTask(documents, config.learningRate, config.epochs, seeds));
  }

  @Override
  public Examiner<PassageContext> examiner() {
    return new PassageExaminer(language, grader, config.maxAnswerTokens);
  }

  @Override
  public Prompt prompt(PassageContext context, Seeds seeds) {
    return Prompt.of(language.editPrompt(context.passage()), seeds);
  }

  @Override
  public StopRule stop() {
    return language.stop(config.maxEditTokens);
  }

  @Override
  public String text(int[] tokens) {
    return language.text(tokens);
  }

  @Override
  public TokenSequence example(PassageContext context, KnowledgeEdit edit) {
    return language.editExample(context.passage(), edit.text());
  }
}
