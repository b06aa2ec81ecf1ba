package org.seal4j.scripts.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.scripts.run.RecipeKind;
import org.seal4j.scripts.run.RunContext;

/** A kind that multiplies two numbers, refuses 13, and breaks on 0. */
final class ToyKind implements RecipeKind<ToyKind.Config> {
  static final String YAML =
      """
      # Multiplies two numbers.
      recipe: times
      kind: toy
      about: Multiplies two numbers.
      expectedTime: no time
      seed: 5
      a: 6   # the first
      b: 7
      """;

  record Config(int a, int b) {}

  @Nullable RunContext last;

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public void run(RunContext context, Config config) {
    last = context;
    Checks.require(config.a != 13, "a must not be 13");
    int check = config.a * config.b / config.a;
    try {
      Files.writeString(context.folder().summary(), "{\"product\":" + check * config.a + "}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    context.out().println(config.a + " x " + config.b + " = " + config.a * config.b);
  }

  @Override
  public String describe(Config config) {
    return "a product of " + config.a + " and " + config.b + "\n";
  }
}
