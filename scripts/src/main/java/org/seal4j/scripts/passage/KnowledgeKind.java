package org.seal4j.scripts.passage;

import org.seal4j.scripts.run.RecipeKind;
import org.seal4j.scripts.run.RunContext;

/** The kind {@code knowledge}: SEAL on passages, from scratch to a report. */
public final class KnowledgeKind implements RecipeKind<KnowledgeConfig> {
  @Override
  public String name() {
    return "knowledge";
  }

  @Override
  public Class<KnowledgeConfig> configType() {
    return KnowledgeConfig.class;
  }

  @Override
  public void check(KnowledgeConfig config) {
    config.data().requireFiles(config.prompts());
  }

  @Override
  public void run(RunContext context, KnowledgeConfig config) {
    new KnowledgeRun(context, config).run();
  }

  @Override
  public String describe(KnowledgeConfig config) {
    return new KnowledgeDescription(config).text();
  }
}
