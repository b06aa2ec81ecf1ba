package org.seal4j.scripts.adapt;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.train.AdapterRun;
import org.seal4j.model.ModelConfig;
import org.seal4j.rl.keys.InnerKeys;
import org.seal4j.rl.study.QuestionWriter;
import org.seal4j.scripts.tuning.BaseKeys;
import org.seal4j.scripts.tuning.Chat;

/**
 * All keys of a recipe of kind {@code adapt}.
 *
 * @param model the model
 * @param documents what is learned
 * @param questions the questions that the model writes
 * @param study what is trained on, and how long
 * @param inner how the adapter is trained; {@code inner.epochs} and {@code inner.batch} are not
 *     used
 * @param proof how it is examined
 * @param bundle whether there is one adapter, or one for each passage
 * @param budget what was wanted where a plan was made for a time; null where none was
 */
public record AdaptKeys(
    BaseKeys model,
    SourceKeys documents,
    Questions questions,
    Study study,
    InnerKeys inner,
    Proof proof,
    BundleKeys bundle,
    @Nullable BudgetKeys budget) {
  /**
   * Questions that the model writes about each passage.
   *
   * @param count questions that are trained on, at most
   * @param heldOut questions that are asked before and after instead, at most
   * @param draws questions that are written for each that is wanted; most of a small model's are of
   *     no use
   * @param temperature divisor of the logits when they are written, above 0
   * @param topP share of probability that they are drawn from
   * @param answers how the answers are worded that are trained on: {@code short}, {@code sentences}
   *     or {@code both}; without a chat template always {@code short}
   * @param answerTokens most tokens of an answer in a few words
   * @param likeliest tokens of the reading model at each place of an answer that are distilled
   * @param chat how questions are put without the passage
   * @param teacher another, larger model that writes the questions and their answers instead; null
   *     for the model itself
   */
  public record Questions(
      int count,
      int heldOut,
      double draws,
      double temperature,
      double topP,
      AnswerForm answers,
      int answerTokens,
      int likeliest,
      Chat chat,
      @Nullable TeacherKeys teacher) {
    /** Longest answer in conversation. */
    private static final int SENTENCE_TOKENS = 40;

    public Questions {
      Checks.require(heldOut >= 0, "questions.heldOut must be >= 0 but was %d", heldOut);
      new QuestionWriter.How(count, draws, temperature, topP, answerTokens, 0, likeliest);
    }

    /**
     * How they are written.
     *
     * @param trained whether any is trained on; else those that are held out suffice
     */
    QuestionWriter.How how(boolean trained) {
      return new QuestionWriter.How(
          trained ? count + heldOut : heldOut,
          draws,
          temperature,
          topP,
          answerTokens,
          trained && answers != AnswerForm.SHORT ? SENTENCE_TOKENS : 0,
          likeliest);
    }
  }

  /**
   * What is trained on, and how long.
   *
   * @param method {@code text}, {@code implications}, {@code rewrite}, {@code policy:DIR}, {@code
   *     self-qa}, {@code distill}, or several joined by {@code +}
   * @param readings batches that each passage stands in: with {@code text} how often it is read
   * @param passages passages of a batch
   * @param others other rows of a batch for each passage: questions and written texts about it
   * @param anchors rows of every batch on other subjects, by the model itself with what it held for
   *     likely: they hold it to what it could do before (a KL anchor); 0 for none
   * @param written implications, rewritten texts or self-edits of a policy about each passage
   * @param textTokens most tokens of such a text
   * @param shards parts of a batch computed on threads of their own; part of the arithmetic, not of
   *     the machine
   * @param tokens most tokens that a thread computes at once; less takes less memory
   * @param checkpointEvery steps between checkpoints, from which an interrupted run is resumed
   */
  public record Study(
      String method,
      int readings,
      int passages,
      int others,
      int anchors,
      int written,
      int textTokens,
      int shards,
      int tokens,
      int checkpointEvery) {
    public Study {
      method = StudyMethods.read("study.method", method).pinned(method);
      atLeastOne("readings", readings);
      atLeastOne("passages", passages);
      atLeastOne("others", others);
      Checks.require(anchors >= 0, "study.anchors must be >= 0 but was %d", anchors);
      atLeastOne("written", written);
      atLeastOne("textTokens", textTokens);
      atLeastOne("shards", shards);
      atLeastOne("tokens", tokens);
      atLeastOne("checkpointEvery", checkpointEvery);
    }

    private static void atLeastOne(String key, int value) {
      Checks.require(value >= 1, "study.%s must be >= 1 but was %d", key, value);
    }

    Set<StudyMethod> methods() {
      return StudyMethods.read("study.method", method).all();
    }

    /** The policy that writes texts; empty where none does. */
    Optional<StudyPolicy> policy() {
      return Optional.ofNullable(StudyMethods.read("study.method", method).policy())
          .map(StudyPolicy::at);
    }

    /** Whether questions are trained on. */
    boolean asks() {
      return methods().stream().anyMatch(StudyMethod::asks);
    }
  }

  /**
   * How the adapter is examined, and when it is not written.
   *
   * @param answerTokens most tokens of an answer without the passage
   * @param maxHarm largest rise of the perplexity on a general text, and of the general questions
   *     that are no longer answered right, as a part: 0.2 for 20 %
   * @param force whether the adapter is written in any case
   */
  public record Proof(int answerTokens, double maxHarm, boolean force) {
    public Proof {
      Checks.require(answerTokens >= 1, "proof.answerTokens must be >= 1 but was %d", answerTokens);
      Checks.require(maxHarm >= 0, "proof.maxHarm must be >= 0 but was %s", maxHarm);
    }
  }

  public AdaptKeys {
    Checks.require(inner.trials() == null, "inner.trials must be null: adapters are trained once");
    Checks.require(
        inner.config().adaptersPerGroup() == 1,
        "inner.groups.size must be 1: one adapter is trained at a time");
    Checks.inGroup("inner", inner::rate);
  }

  /** Batches of a training on so many passages. */
  long steps(int passages) {
    long readings = (long) study.readings * passages;
    int each = bundle.apart() ? 1 : Math.min(study.passages, passages);
    return Math.max(1, (readings + each - 1) / each);
  }

  /** What decides how much a run has to do, for a model. */
  Effort.Sizes sizes(ModelConfig model) {
    int frozen = inner.config().lora().targetModules().frozenLayers(model);
    double layers = (model.layers() - frozen) / (double) model.layers();
    boolean again = inner.config().memory().recompute() > 0;
    return Effort.Sizes.of(this, again ? layers * Effort.COMPUTED_AGAIN : layers);
  }

  AdapterRun adapter(long steps) {
    return new AdapterRun(inner.config(), inner.rate(), steps, study.shards, study.tokens);
  }
}
