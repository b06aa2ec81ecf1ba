package org.seal4j.scripts.study;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.squad.OfflineGrader;
import org.seal4j.lora.train.SuccessiveHalving;
import org.seal4j.rl.RewardRule;
import org.seal4j.rl.experiment.LocalLoop;
import org.seal4j.rl.keys.InnerKeys;
import org.seal4j.rl.keys.Learning;
import org.seal4j.rl.keys.LoopKeys;
import org.seal4j.rl.keys.PolicyKeys;
import org.seal4j.rl.keys.ReinforceKeys;
import org.seal4j.rl.restem.TopPerTask;
import org.seal4j.rl.study.FilterLevel;
import org.seal4j.rl.study.QuestionWriter;
import org.seal4j.scripts.tuning.BaseKeys;
import org.seal4j.scripts.tuning.Chat;

/**
 * All keys of a recipe of kind {@code study}.
 *
 * @param data which passages
 * @param model the language model
 * @param study what is written about a passage, and how long it is trained on
 * @param arms ways to study, compared with each other
 * @param inner how adapters are trained
 * @param answer how questions are answered and graded
 * @param policy how self-edits are sampled
 * @param loop rounds, passages and self-edits of the outer loop, for each arm that is reinforced
 * @param learn how a policy is fitted to the selected self-edits
 * @param reinforce how it learns from good and bad ones, in arms whose {@code learning} is not
 *     {@code restem}
 * @param evaluate what is measured on held-out titles
 * @param noise that the power table is computed from
 */
public record StudyKeys(
    StudyDataKeys data,
    BaseKeys model,
    WritingKeys study,
    List<ArmKeys> arms,
    InnerKeys inner,
    AnswerKeys answer,
    PolicyKeys policy,
    LoopKeys loop,
    InnerKeys learn,
    ReinforceKeys reinforce,
    StudyEvaluateKeys evaluate,
    NoiseKeys noise) {

  /**
   * What is written about a passage, and how long it is trained on.
   *
   * @param steps optimizer steps of an adapter
   * @param questions that a self-edit asks
   * @param filter which of them are trained on: {@code useful}, or all that are {@code answered}
   * @param answerTokens longest answer of the model that reads the passage
   * @param likeliest its tokens at each place of an answer that are distilled
   * @param chat how questions are put: by the chat template of the model where it has one ({@code
   *     auto}), {@code model}, {@code llama3}, {@code qwen2} or {@code none}
   * @param halving which self-edits of a round are trained but a part of the way; null for none
   */
  public record WritingKeys(
      int steps,
      int questions,
      FilterLevel filter,
      int answerTokens,
      int likeliest,
      Chat chat,
      @Nullable SuccessiveHalving halving) {
    public WritingKeys {
      Checks.require(steps >= 1, "study.steps must be >= 1 but was %d", steps);
      Checks.require(questions >= 1, "study.questions must be >= 1 but was %d", questions);
      Checks.require(answerTokens >= 1, "study.answerTokens must be >= 1 but was %d", answerTokens);
      Checks.require(
          likeliest >= 1 && likeliest <= QuestionWriter.MOST_LIKELIEST,
          "study.likeliest must be in 1 to %d but was %d",
          QuestionWriter.MOST_LIKELIEST,
          likeliest);
    }
  }

  /**
   * How questions are answered without the passage, and how answers are graded.
   *
   * @param maxTokens longest answer in tokens
   * @param grader judges the answers: {@code exact_match}, {@code f1}, {@code containment} or
   *     {@code token_recall}
   */
  public record AnswerKeys(int maxTokens, OfflineGrader grader) {
    public AnswerKeys {
      Checks.require(maxTokens >= 1, "answer.maxTokens must be >= 1 but was %d", maxTokens);
    }
  }

  public StudyKeys {
    arms = List.copyOf(arms);
    Checks.require(!arms.isEmpty(), "arms is empty: name at least one way to study");
    Set<String> names = new HashSet<>();
    for (ArmKeys arm : arms) {
      Checks.require(names.add(arm.folder()), "arms has two called %s", arm.name());
      Checks.require(
          StudyRun.OWN.stream().noneMatch(own -> ArmKeys.folder(own).equals(arm.folder())),
          "an arm cannot be called '%s': the row and its folder are there without it",
          arm.name());
      Checks.require(
          arm.learns() == Learning.RESTEM || loop.editsPerContext() >= 2,
          "arm '%s' learns by comparing self-edits of a passage, but loop.editsPerContext is %d;"
              + " make it 2 or more",
          arm.name(),
          loop.editsPerContext());
    }
    loop.requireNoScreen("study");
    Checks.inGroup("inner", inner::rate);
    Checks.inGroup("learn", learn::fit);
    Checks.inGroup("policy", policy::longest);
    Checks.require(
        loop.reward().equals(RewardRule.TRAINED),
        "loop.reward is %s, but this kind rewards what training and examination give: trained",
        loop.reward());
  }

  /** Halving measures before the end of a training, and only where the best alone count. */
  private void requireHalving(SuccessiveHalving halving) {
    Checks.require(
        loop.ranking() == TopPerTask.Ranking.LIKELIHOOD,
        "study.halving goes by the likelihood of the gold answers, but loop.ranking is %s; set it"
            + " to likelihood, or study.halving to null",
        loop.ranking().name().toLowerCase(Locale.ROOT));
    int left = loop.editsPerContext();
    for (int rung = 0; rung < halving.after().size(); rung++) {
      left = halving.left(left);
    }
    Checks.require(
        left >= loop.keep(),
        "study.halving leaves %d of the %d self-edits of a passage, but loop.keep is %d",
        left,
        loop.editsPerContext(),
        loop.keep());
    int trials = inner.trials() == null ? 1 : inner.trials().count();
    Checks.require(
        trials == 1,
        "study.halving compares single trainings, but inner.trials.count is %d; set it to 1",
        trials);
    for (ArmKeys arm : arms) {
      Checks.require(
          arm.learns() == Learning.RESTEM,
          "arm '%s' learns by comparing all self-edits of a passage, but study.halving leaves some"
              + " unexamined; set it to null, or the arm's learning to restem",
          arm.name());
      int steps = arm.steps() == null ? study.steps() : arm.steps();
      int last = halving.after().get(halving.after().size() - 1);
      Checks.require(
          !arm.reinforced() || last < steps,
          "study.halving.after has %d, but an adapter of arm '%s' takes %d steps; measure behind"
              + " fewer",
          last,
          arm.name(),
          steps);
    }
  }

  /** Checks that need several groups. */
  void requireArms() {
    arms.forEach(arm -> arm.course(this));
    if (study.halving() != null) {
      requireHalving(study.halving());
    }
  }

  /** How edits of an arm are written, applied and learned from. */
  LocalLoop.How how(ArmKeys arm, Seeds root) {
    return new LocalLoop.How(
        inner.config().withBatch(arm.course(this).batch()),
        inner.trials(root.child("inner")),
        policy.sampling(),
        learn.fit(),
        reinforce.config(arm.learns(), learn, loop.ranking()));
  }
}
