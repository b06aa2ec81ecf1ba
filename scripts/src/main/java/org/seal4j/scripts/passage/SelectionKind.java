package org.seal4j.scripts.passage;

import org.seal4j.scripts.run.RecipeKind;
import org.seal4j.scripts.run.RunContext;

/** The kind {@code selection}: one round's self-edits, learned from by several rules. */
public final class SelectionKind implements RecipeKind<SelectionConfig> {
  @Override
  public String name() {
    return "selection";
  }

  @Override
  public Class<SelectionConfig> configType() {
    return SelectionConfig.class;
  }

  @Override
  public void check(SelectionConfig config) {
    config.data().requireFiles(config.prompts());
  }

  @Override
  public void run(RunContext context, SelectionConfig config) {
    new SelectionRun(context, config).run();
  }

  @Override
  public String describe(SelectionConfig config) {
    return new KnowledgeDescription(config.by(config.rules().get(0))).text();
  }
}
