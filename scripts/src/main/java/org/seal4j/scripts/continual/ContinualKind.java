package org.seal4j.scripts.continual;

import org.seal4j.scripts.run.RecipeKind;
import org.seal4j.scripts.run.RunContext;

/** The kind {@code continual}: passages one after another, and what is forgotten of them. */
public final class ContinualKind implements RecipeKind<ContinualConfig> {
  @Override
  public String name() {
    return "continual";
  }

  @Override
  public Class<ContinualConfig> configType() {
    return ContinualConfig.class;
  }

  @Override
  public void run(RunContext context, ContinualConfig config) {
    new ContinualRun(context, config).run();
  }

  @Override
  public String describe(ContinualConfig config) {
    return new ContinualDescription(config).text();
  }
}
