package org.seal4j.scripts.pretrain;

import org.seal4j.scripts.run.RecipeKind;
import org.seal4j.scripts.run.RunContext;

/** The kind {@code pretrain}: a language model from a text file. */
public final class PretrainKind implements RecipeKind<TextPretrainConfig> {
  @Override
  public String name() {
    return "pretrain";
  }

  @Override
  public Class<TextPretrainConfig> configType() {
    return TextPretrainConfig.class;
  }

  @Override
  public void check(TextPretrainConfig config) {
    config.data().requireText();
  }

  @Override
  public void run(RunContext context, TextPretrainConfig config) {
    new PretrainRun(context, config).run();
  }

  @Override
  public String describe(TextPretrainConfig config) {
    return PretrainDescription.of(config);
  }
}
