package org.seal4j.scripts.passage;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.world.EditStyle;
import org.seal4j.eval.squad.OfflineGrader;
import org.seal4j.rl.teacher.EndpointConfig;
import org.seal4j.scripts.experiment.LearnConfig;
import org.seal4j.scripts.experiment.ModelSizes;

/**
 * All keys of a recipe of kind {@code selection}: those of kind {@code knowledge}, whose {@code
 * loop.reward}, {@code loop.selection} and {@code loop.ranking} each rule replaces by its own.
 *
 * @param rules what is compared; the first is held against each of the others
 */
public record SelectionConfig(
    PassageDataConfig data,
    ModelSizes model,
    WorldPretrainConfig pretrain,
    PromptsConfig prompts,
    PassageAdaptConfig adapt,
    PolicyConfig policy,
    PassageLoopConfig loop,
    LearnConfig learn,
    OfflineGrader grader,
    @Nullable EndpointConfig judge,
    EditStyle teacher,
    @Nullable OtherModelConfig otherModel,
    PassageEvaluateConfig evaluate,
    List<RuleConfig> rules) {
  public SelectionConfig {
    rules = List.copyOf(rules);
    Checks.require(
        rules.size() >= 2, "rules must name at least 2 rules but names %d", rules.size());
    Set<String> names = new HashSet<>();
    for (RuleConfig rule : rules) {
      Checks.require(names.add(rule.name()), "rules has two rules called %s", rule.name());
    }
    new KnowledgeConfig(
        data,
        model,
        pretrain,
        prompts,
        adapt,
        policy,
        loop,
        learn,
        grader,
        judge,
        teacher,
        otherModel,
        evaluate);
  }

  /** The run of kind {@code knowledge} that learns by this rule. */
  KnowledgeConfig by(RuleConfig rule) {
    return new KnowledgeConfig(
        data,
        model,
        pretrain,
        prompts,
        adapt,
        policy,
        loop.by(rule),
        learn,
        grader,
        judge,
        teacher,
        otherModel,
        evaluate);
  }
}
