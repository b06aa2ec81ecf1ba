package org.seal4j.scripts.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;

/** A configuration with every type of value a recipe can hold. */
record Toy(
    int width,
    long steps,
    double rate,
    float decay,
    boolean shuffle,
    String title,
    Mode mode,
    @Nullable Path tasks,
    Inner inner,
    List<Stage> stages,
    Set<String> targets,
    Map<String, Double> weights) {

  enum Mode {
    ALL_TOKENS,
    OUTPUT_TOKENS
  }

  record Inner(int epochs, Lora lora) {}

  record Lora(int rank, double alpha) {
    Lora {
      Checks.require(rank >= 1, "rank must be >= 1 but was %d; use 8 for quick runs", rank);
    }
  }

  record Stage(String name, int rounds) {}

  /** A complete recipe of this configuration. */
  static final String YAML =
      """
      recipe: toy
      kind: toy
      about: Shows every type of value.
      expectedTime: no time
      seed: 42
      # The rest is the configuration.
      width: 64
      steps: 10_000
      rate: 1e-3
      decay: 0.5
      shuffle: true
      title: 'a # title'
      mode: output_tokens
      tasks: null       # where the tasks are
      inner:
        epochs: 8
        lora:
          rank: 8       # more costs more
          alpha: 16.0
      stages:
        - {name: warm, rounds: 1}
        - name: cold
          rounds: 2
      targets: [q, v]
      weights:
        easy: 0.25
        hard: 1
      """;

  static final Toy READ =
      new Toy(
          64,
          10_000,
          1e-3,
          0.5f,
          true,
          "a # title",
          Mode.OUTPUT_TOKENS,
          null,
          new Inner(8, new Lora(8, 16)),
          List.of(new Stage("warm", 1), new Stage("cold", 2)),
          Set.of("q", "v"),
          Map.of("easy", 0.25, "hard", 1.0));

  /** Any configuration, with texts that YAML could take for something else. */
  static Toy random(Rng rng) {
    List<String> texts =
        List.of(
            "",
            "null",
            "true",
            "1e3",
            "- a",
            "a: b",
            "#",
            "'",
            "\"",
            " ä ",
            "~",
            "[x",
            "no",
            "*x",
            "@",
            "two\nlines",
            "\t",
            "0x1F",
            "yes");
    List<Stage> stages = new ArrayList<>();
    Map<String, Double> weights = new LinkedHashMap<>();
    Set<String> targets = new LinkedHashSet<>();
    for (int i = rng.nextInt(4); i > 0; i--) {
      stages.add(new Stage(rng.pick(texts), rng.nextInt(9) - 4));
      weights.put(rng.pick(texts), rng.nextGaussian() * Math.pow(10, rng.between(-12, 12)));
      targets.add(rng.pick(texts));
    }
    return new Toy(
        (int) rng.nextLong(),
        rng.nextLong(),
        rng.nextGaussian() * Math.pow(10, rng.between(-30, 30)),
        (float) rng.nextGaussian(),
        rng.nextBoolean(),
        rng.pick(texts),
        rng.pick(List.of(Mode.values())),
        rng.nextBoolean() ? null : Path.of("some where", "x-" + rng.nextInt(10)),
        new Inner(rng.nextInt(10), new Lora(rng.between(1, 64), rng.nextDouble())),
        stages,
        targets,
        weights);
  }
}
