package org.seal4j.scripts.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import picocli.CommandLine.Option;

/** What {@code seal train} has an option for; each is a key of its recipe, named in brackets. */
final class TrainOptions {
  @Option(
      names = "--validation",
      paramLabel = "FILE",
      description = "Rows that are measured and not trained on (data.validation).")
  private @Nullable Path validation;

  @Option(
      names = "--validation-split",
      paramLabel = "SHARE",
      description =
          "Share of the rows that is held out without --validation; 0 for none"
              + " (data.validationSplit).")
  private @Nullable Double validationSplit;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the rows (inner.epochs).")
  private @Nullable Integer epochs;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Optimizer steps, instead of --epochs (training.steps).")
  private @Nullable Integer steps;

  @Option(names = "--batch", paramLabel = "N", description = "Rows of a step (inner.batch).")
  private @Nullable Integer batch;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Longest row in tokens; longer ones are cut (data.maxTokens).")
  private @Nullable Integer maxTokens;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description =
          "Peak learning rate (inner.learningRate; with --all-weights training.fullLearningRate).")
  private @Nullable Double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = "constant, linear, cosine, or one of your own (inner.schedule).")
  private @Nullable String schedule;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "adamw, muon, or one of your own (inner.optimizer).")
  private @Nullable String optimizer;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description = "Weight decay of AdamW (inner.optimizer).")
  private @Nullable Double weightDecay;

  @Option(
      names = "--lora-rank",
      paramLabel = "N",
      description = "Rank of the adapter (inner.lora.rank).")
  private @Nullable Integer loraRank;

  @Option(
      names = "--lora-alpha",
      paramLabel = "X",
      description = "Numerator of its scaling, usually twice the rank (inner.lora.alpha).")
  private @Nullable Double loraAlpha;

  @Option(
      names = "--lora-targets",
      paramLabel = "NAMES",
      description =
          "Its linears: all-linear, q_proj,v_proj or regex:... (inner.lora.targetModules).")
  private @Nullable String loraTargets;

  @Option(
      names = "--all-weights",
      description = "Train every weight of the model instead of an adapter (training.weights).")
  private boolean allWeights;

  @Option(
      names = "--merge",
      description = "Also write the model with the adapter merged into it (training.merge).")
  private boolean merge;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "End after N measurements without a better loss of held-out rows (training.patience).")
  private @Nullable Integer patience;

  @Option(names = "--seed", paramLabel = "N", description = "Root of all randomness (seed).")
  private @Nullable Long seed;

  /** The same in the form of {@code --set}. */
  List<String> changes() {
    Checks.require(
        epochs == null || steps == null,
        "--epochs and --steps exclude each other: one of them says how long the training is");
    Checks.require(
        weightDecay == null || optimizer == null || optimizer.equals("adamw"),
        "--weight-decay is AdamW's, but --optimizer is %s; leave one of them out",
        String.valueOf(optimizer));
    List<String> changes = new ArrayList<>();
    add(changes, "data.validation", validation);
    add(changes, "data.validationSplit", validationSplit);
    add(changes, "data.maxTokens", maxTokens);
    if (epochs != null || steps != null) {
      changes.add("inner.epochs=" + epochs);
      changes.add("training.steps=" + steps);
    }
    add(changes, "inner.batch", batch);
    add(changes, allWeights ? "training.fullLearningRate" : "inner.learningRate", learningRate);
    add(changes, "inner.schedule", schedule);
    if (weightDecay != null) {
      changes.add("inner.optimizer={name: adamw, weightDecay: " + weightDecay + "}");
    } else {
      add(changes, "inner.optimizer", optimizer);
    }
    add(changes, "inner.lora.rank", loraRank);
    add(changes, "inner.lora.alpha", loraAlpha);
    add(changes, "inner.lora.targetModules", loraTargets);
    add(changes, "training.weights", allWeights ? "all" : null);
    add(changes, "training.merge", merge ? true : null);
    add(changes, "training.patience", patience);
    add(changes, "seed", seed);
    return changes;
  }

  /** Sets a key where there is a value; texts are quoted, since they are read as YAML. */
  static void add(List<String> changes, String key, @Nullable Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      changes.add(key + "=" + value);
    } else if (value != null) {
      changes.add(key + "=" + quoted(value.toString()));
    }
  }

  /** A text in YAML's quotes: single ones, which fold line breaks, only where there are none. */
  static String quoted(String text) {
    return Shown.line(text).equals(text)
        ? "'" + text.replace("'", "''") + "'"
        : '"' + Shown.line(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
  }
}
