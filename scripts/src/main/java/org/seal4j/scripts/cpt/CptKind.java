package org.seal4j.scripts.cpt;

import org.seal4j.scripts.run.RecipeKind;
import org.seal4j.scripts.run.RunContext;

/** The kind {@code cpt}: many passages into one model at once. */
public final class CptKind implements RecipeKind<CptConfig> {
  @Override
  public String name() {
    return "cpt";
  }

  @Override
  public Class<CptConfig> configType() {
    return CptConfig.class;
  }

  @Override
  public void run(RunContext context, CptConfig config) {
    new CptRun(context, config).run();
  }

  @Override
  public String describe(CptConfig config) {
    return new CptDescription(config).text();
  }
}
