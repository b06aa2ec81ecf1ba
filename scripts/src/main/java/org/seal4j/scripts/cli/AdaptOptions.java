package org.seal4j.scripts.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.scripts.adapt.BundleKeys;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code seal adapt} has an option for; each is a key of its recipe, named in brackets. */
@SuppressWarnings("NullAway.Init") // the mixin is set by picocli before the command runs
final class AdaptOptions {
  @Option(
      names = "--questions",
      paramLabel = "FILE",
      description =
          "Questions of your own, asked before and after and never trained on: JSON lines with"
              + " question and answer (documents.questions).")
  private @Nullable Path questions;

  @Option(
      names = "--method",
      paramLabel = "NAME[+NAME]",
      description =
          "What is trained on: text, implications, rewrite, policy:DIR (what the policy of a run of"
              + " kind knowledge writes), self-qa, distill, or several joined by + (study.method).")
  private @Nullable String method;

  @Mixin private TeacherOptions teacher;

  @Option(
      names = "--readings",
      paramLabel = "N",
      description = "Batches that each passage stands in (study.readings).")
  private @Nullable Integer readings;

  @Option(
      names = "--max-passages",
      paramLabel = "N",
      description = "Learn the first N passages alone (documents.passages).")
  private @Nullable Integer passages;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description =
          "Time to spend, such as 90s, 10m or 1.5h: a plan is made before the work starts, which says"
              + " what it drops (documents.passages, study.readings, questions.count).")
  private @Nullable String budget;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "Peak learning rate (inner.learningRate).")
  private @Nullable Double learningRate;

  @Option(
      names = "--lora-rank",
      paramLabel = "N",
      description = "Rank of the adapter (inner.lora.rank).")
  private @Nullable Integer loraRank;

  @Option(
      names = "--lora-targets",
      paramLabel = "NAMES",
      description = "Its linears, such as all-linear (inner.lora.targetModules).")
  private @Nullable String loraTargets;

  @Option(
      names = "--max-harm",
      paramLabel = "X",
      description =
          "Largest rise of the perplexity on a general text, and largest part of the general"
              + " questions that may be forgotten: 0.2 for 20 %% (proof.maxHarm).")
  private @Nullable Double maxHarm;

  @Option(
      names = "--adapters",
      paramLabel = "one|passage",
      description =
          "One adapter for all passages, or one for each, kept apart in a bundle that finds the one"
              + " a question is for (bundle.adapters).")
  private BundleKeys.@Nullable Adapters adapters;

  @Option(
      names = "--force",
      description = "Write the adapter even if it did not help, or harmed (proof.force).")
  private boolean force;

  @Option(names = "--seed", paramLabel = "N", description = "Root of all randomness (seed).")
  private @Nullable Long seed;

  @Nullable String budget() {
    return budget;
  }

  /** The same in the form of {@code --set}. */
  List<String> changes() {
    List<String> changes = new ArrayList<>();
    TrainOptions.add(changes, "documents.questions", questions);
    TrainOptions.add(changes, "study.method", method);
    changes.addAll(teacher.changes());
    TrainOptions.add(changes, "study.readings", readings);
    TrainOptions.add(changes, "documents.passages", passages);
    TrainOptions.add(changes, "inner.learningRate", learningRate);
    TrainOptions.add(changes, "inner.lora.rank", loraRank);
    TrainOptions.add(changes, "inner.lora.targetModules", loraTargets);
    TrainOptions.add(changes, "proof.maxHarm", maxHarm);
    TrainOptions.add(changes, "bundle.adapters", adapters);
    TrainOptions.add(changes, "proof.force", force ? true : null);
    TrainOptions.add(changes, "seed", seed);
    return changes;
  }
}
