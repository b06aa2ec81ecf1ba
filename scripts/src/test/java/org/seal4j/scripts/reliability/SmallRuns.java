package org.seal4j.scripts.reliability;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Command lines of runs that go through every stage as quickly as can be. */
final class SmallRuns {
  private static final List<String> GRIDS =
      List.of(
          "pretrain.steps=4",
          "pretrain.warmup=0",
          "pretrain.checkpointEvery=2",
          "loop.contextsPerRound=1",
          "loop.editsPerContext=1",
          "gate.tasks=1",
          "evaluate.contexts=1",
          "evaluate.editsPerContext=1",
          "trainingSet.maxSteps=1");

  private static final List<String> PASSAGES =
      List.of(
          "loop.rounds=1",
          "loop.contextsPerRound=2",
          "loop.editsPerContext=2",
          "evaluate.contexts=2",
          "inner.epochs=1",
          "inner.lora.rank=2",
          "learn.lora.rank=2",
          "learn.epochs=1",
          "policy.maxNewTokens=12",
          "answer.maxTokens=4",
          "texts.maxPieces=2");

  private static final List<String> INVENTED =
      List.of(
          "pretrain.steps=4",
          "pretrain.warmup=0",
          "pretrain.checkpointEvery=2",
          "loop.rounds=1",
          "loop.contextsPerRound=1",
          "loop.editsPerContext=1",
          "evaluate.contexts=1",
          "evaluate.editsPerContext=1",
          "inner.epochs=1",
          "learn.epochs=1",
          "policy.maxNewTokens=12");

  private SmallRuns() {}

  /** A run of arc-smoke with every number as small as it may be. */
  static List<Object> grids(Path out, String... more) {
    return line("arc-smoke", GRIDS, out, more);
  }

  /** A run of squad-smoke, on invented passages, with every number as small as it may be. */
  static List<Object> invented(Path out, String... more) {
    return line("squad-smoke", INVENTED, out, more);
  }

  /** A run on passages with a trained model, as the case F21 has it. */
  static List<Object> passages(Path model, Path data, Path out, String... more) {
    List<String> keys = new ArrayList<>(PASSAGES);
    keys.add("model.path=" + model);
    keys.add("data.passages=" + data);
    return line("squad-real", keys, out, more);
  }

  /** The small run on grids, made once per folder. */
  static Path grids(Product product, Path out) {
    if (!Files.exists(out)) {
      product.run(grids(out, "--quiet").toArray()).done();
    }
    return out;
  }

  private static List<Object> line(String recipe, List<String> keys, Path out, String... more) {
    List<Object> line = new ArrayList<>(List.of("run", recipe, "--out", out));
    keys.forEach(key -> line.add("--set=" + key));
    line.addAll(Arrays.asList(more));
    return line;
  }
}
