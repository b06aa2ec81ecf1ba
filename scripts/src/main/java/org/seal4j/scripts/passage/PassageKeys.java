package org.seal4j.scripts.passage;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.hub.HubPath;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.world.EditStyle;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.rl.experiment.LocalLoop;
import org.seal4j.rl.keys.EvaluateKeys;
import org.seal4j.rl.keys.InnerKeys;
import org.seal4j.rl.keys.Learning;
import org.seal4j.rl.keys.LoopKeys;
import org.seal4j.rl.keys.ModelKeys;
import org.seal4j.rl.keys.PolicyKeys;
import org.seal4j.rl.keys.PretrainKeys;
import org.seal4j.rl.keys.ReinforceKeys;
import org.seal4j.rl.passage.PassageDomain;
import org.seal4j.rl.passage.PassageLanguage;
import org.seal4j.rl.passage.TrainingSequences;

/**
 * All keys of a recipe of kind {@code knowledge}.
 *
 * @param data which passages
 * @param model a model of the user, or the sizes of a transformer
 * @param pretrain how the transformer is trained from scratch, where no model is given
 * @param mixture what it is trained on
 * @param prompts how the model is asked for self-edits and answers
 * @param texts how a self-edit becomes training texts
 * @param inner how adapters are trained on them: the inner loop
 * @param answer how questions are answered and graded
 * @param policy how self-edits are sampled
 * @param loop rounds, passages and self-edits of the outer loop
 * @param learn how the policy is fitted to the selected self-edits
 * @param teacher style of the texts, made from the facts, that show what there is to reach
 * @param otherModel another model that writes those texts instead; null for none
 * @param evaluate what is measured on held-out passages
 * @param rules several rules of reward and selection to be compared instead of those of {@code
 *     loop}; the first is compared with each of the others. Null for one run of the loop
 * @param learning how the policy learns: {@code restem}, {@code grpo} or {@code dpo}; null for
 *     {@code restem}
 * @param reinforce how it does by {@code grpo} or {@code dpo}; may be null with {@code restem}
 */
public record PassageKeys(
    PassageDataKeys data,
    ModelKeys model,
    PretrainKeys pretrain,
    WorldMixtureKeys mixture,
    PromptsKeys prompts,
    TrainingSequences texts,
    InnerKeys inner,
    AnswerKeys answer,
    PolicyKeys policy,
    LoopKeys loop,
    InnerKeys learn,
    EditStyle teacher,
    @Nullable OtherModelKeys otherModel,
    EvaluateKeys evaluate,
    @Nullable List<RuleKeys> rules,
    @Nullable Learning learning,
    @Nullable ReinforceKeys reinforce) {
  public PassageKeys {
    boolean files = data.source() == PassageDataKeys.Source.FILES;
    Checks.require(
        files || model.path() == null,
        "model.path is read with data.source: files alone, as in squad-real; this recipe invents"
            + " its passages and pretrains its model");
    Checks.inGroup("inner", inner::fit);
    Checks.inGroup("learn", learn::fit);
    Checks.inGroup("policy", policy::longest);
    new WorldModel(model, pretrain, mixture, files ? prompts.withoutChat() : prompts);
    loop.requireNoScreen("knowledge");
    ReinforceKeys.config(Learning.of(learning), reinforce, learn, loop);
    if (rules != null) {
      Checks.require(
          Learning.of(learning) == Learning.RESTEM,
          "rules compare selections, but learning is %s, which has its own; set rules or learning"
              + " to null",
          String.valueOf(learning).toLowerCase(Locale.ROOT));
      rules = List.copyOf(rules);
      Checks.require(
          rules.size() >= 2, "rules must name at least 2 rules but names %d", rules.size());
      Set<String> names = new HashSet<>();
      for (RuleKeys rule : rules) {
        Checks.require(names.add(rule.name()), "rules has two rules called %s", rule.name());
      }
    }
  }

  /** The model before the loop; with files, one of the same sizes. */
  WorldModel worldModel() {
    boolean files = data.source() == PassageDataKeys.Source.FILES;
    return new WorldModel(model, pretrain, mixture, files ? prompts.withoutChat() : prompts);
  }

  /** The model of the user. */
  Path modelPath() {
    return HubPath.local(
        Checks.present(
            model.path(), "model.path is not set: name a model with --set model.path=FOLDER"));
  }

  /** The passages as a domain of the loop. */
  PassageDomain domain(PassageLanguage language, AnswerGrader answers) {
    return new PassageDomain(
        language,
        new PassageDomain.Config(
            texts, inner.rate(), inner.passes(), policy.longest(), answer.maxTokens()),
        answers);
  }

  /** How edits are written, applied and learned from. */
  LocalLoop.How how(Seeds root) {
    return new LocalLoop.How(
        inner.config(),
        inner.trials(root.child("inner")),
        policy.sampling(),
        learn.fit(),
        ReinforceKeys.config(learns(), reinforce, learn, loop));
  }

  /** How the policy learns. */
  Learning learns() {
    return Learning.of(learning);
  }

  /** The same loop by one of the rules that are compared. */
  LoopKeys loop(RuleKeys rule) {
    return loop.by(rule.reward(), rule.selection(), rule.ranking());
  }
}
