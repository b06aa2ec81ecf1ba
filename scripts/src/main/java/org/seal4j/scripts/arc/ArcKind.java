package org.seal4j.scripts.arc;

import org.seal4j.scripts.run.RecipeKind;
import org.seal4j.scripts.run.RunContext;

/** The kind {@code arc}: SEAL on grid tasks, from scratch to a report. */
public final class ArcKind implements RecipeKind<ArcConfig> {
  @Override
  public String name() {
    return "arc";
  }

  @Override
  public Class<ArcConfig> configType() {
    return ArcConfig.class;
  }

  @Override
  public void check(ArcConfig config) {
    config.data().requireTasks();
  }

  @Override
  public void run(RunContext context, ArcConfig config) {
    new ArcRun(context, config).run();
  }

  @Override
  public String describe(ArcConfig config) {
    return new ArcDescription(config).text();
  }
}
