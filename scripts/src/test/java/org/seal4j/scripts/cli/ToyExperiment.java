package org.seal4j.scripts.cli;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.stats.Proportion;
import org.seal4j.rl.experiment.Description;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;

/** A kind of recipe that multiplies two numbers, for tests of the command line. */
final class ToyExperiment implements Experiment<ToyExperiment.Config> {
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

  int workers;

  @Override
  public String kind() {
    return "toy";
  }

  @Override
  public Class<Config> keys() {
    return Config.class;
  }

  @Override
  public Findings run(Lab lab, Config config) {
    workers = lab.workers().size();
    Checks.require(config.a != 13, "a must not be 13");
    if (config.a == 14) {
      throw new IllegalStateException(
          new OutOfMemoryError("Cannot allocate: totalBytes = 2G, physicalBytes = 2G"));
    }
    if (config.a == 15) {
      throw new IllegalStateException("Allocation failed: [std::bad_alloc]");
    }
    int product = config.a * config.b / config.a * config.a;
    lab.say("working");
    return Findings.of(
            new Results("products", List.of(Condition.of("toy", new Proportion(1, 2))), List.of()),
            config.a + " x " + config.b + " = " + product)
        .withoutWarning();
  }

  @Override
  public void describe(Config config, Description to) {
    to.say("a product of %d and %d", config.a, config.b);
  }
}
