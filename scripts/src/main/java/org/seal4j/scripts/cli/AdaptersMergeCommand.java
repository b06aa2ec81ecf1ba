package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.hub.HubPath;
import org.seal4j.data.json.Json;
import org.seal4j.lora.bundle.BundlePath;
import org.seal4j.lora.merge.AdapterMerge;
import org.seal4j.lora.merge.Denoiser;
import org.seal4j.lora.merge.Denoising;
import org.seal4j.lora.merge.MergeMethod;
import org.seal4j.lora.merge.MergeMethods;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.tuning.TrainedFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal adapters merge}: one adapter, or one model, out of several adapters. */
@Command(
    name = "merge",
    description = {
      "Merge adapters of one base into one adapter, or into a model.",
      "What is written is read back and compared with the adapters before it stays."
    },
    footer = {
      "",
      "Examples:",
      "  seal adapters merge runs/law runs/tax --base models/base --out both",
      "  seal adapters merge runs/law runs/tax --base models/base --method svd \\",
      "      --rank 16 --weights 0.5,0.5 --denoise 0.2 --out both",
      "  seal adapters merge runs/law runs/tax --base models/base \\",
      "      --method norm-anchored --out models/both"
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class AdaptersMergeCommand implements Callable<Integer> {
  /** What was written. */
  private record Written(
      String writtenTo,
      String form,
      List<MergeInputs.Input> merged,
      MergeCanary canary,
      Denoiser.@Nullable Tally denoised) {}

  @ParentCommand private AdaptersCommand adapters;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "ADAPTER",
      description =
          "A PEFT folder, a .gguf file, hf:OWNER/NAME, or the folder of a run that made one.")
  private List<Path> paths;

  @Option(
      names = "--base",
      required = true,
      paramLabel = "MODEL",
      description =
          "The model of all of them: a folder, a .gguf file, or hf:OWNER/NAME of a fetched model.")
  private Path base;

  @Option(
      names = "--method",
      paramLabel = "linear|svd|norm-anchored",
      defaultValue = "linear",
      description =
          "linear for the sum, whose rank is the sum of ranks; svd for the best adapter of a smaller"
              + " rank; norm-anchored for the sum in a model whose weights keep their norms; or one of"
              + " your own. Default: linear.")
  private String method;

  @Option(
      names = "--weights",
      split = ",",
      paramLabel = "W",
      description =
          "A factor for each adapter, with commas: 0.5,0.5. Default: 1 each, which adds them.")
  private List<Double> weights = new ArrayList<>();

  @Option(
      names = "--rank",
      paramLabel = "R",
      description =
          "Largest rank of the result. Default: with svd the largest of the adapters, else all.")
  private @Nullable Integer rank;

  @Option(
      names = "--denoise",
      paramLabel = "T",
      description =
          "Drop the singular components of each adapter whose similarity to the base's main subspace"
              + " is above T, 0 to 1; 1 drops none.")
  private @Nullable Double denoise;

  @Option(
      names = "--denoise-share",
      paramLabel = "S",
      description =
          "Share of a weight's singular directions that are its main subspace. Default: 0.125.")
  private @Nullable Double share;

  @Option(
      names = "--denoise-keep",
      paramLabel = "outside|inside",
      description =
          "Components that stay: outside for those up to T, inside for those from T on. Default:"
              + " outside.")
  private Denoising.@Nullable Kept kept;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "A new folder: PEFT's form, or a model with norm-anchored.")
  private Path out;

  @Option(names = "--json", description = "Print what was written as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    return ComputeBackend.run(adapters.seal(), this::write);
  }

  private void write() {
    MergeMethod chosen = MergeMethods.named(method);
    boolean given = spec.commandLine().getParseResult().hasMatchedOption("--weights");
    List<Double> factors =
        weights.isEmpty() && !given ? Collections.nCopies(paths.size(), 1.0) : List.copyOf(weights);
    Checks.require(
        factors.size() == paths.size(),
        "--weights has %d factors for %s; give one for each, in their order",
        factors.size(),
        Amount.of(paths.size(), "adapter"));
    Optional<Denoising> rule = denoising();
    Checks.require(!Files.exists(out), "%s exists; name a new folder for the result", out);
    Optional<Path> bundle = BundlePath.around(out);
    Checks.require(
        bundle.isEmpty(),
        "--out %s lies in the bundle %s, which deletes what is not its own; name a folder elsewhere",
        out,
        bundle.orElse(out));
    NewOutput.write(out, spec.commandLine().getErr(), () -> merge(chosen, factors, rule));
  }

  private Optional<Denoising> denoising() {
    Checks.require(
        denoise != null || (share == null && kept == null),
        "--denoise-share and --denoise-keep go with --denoise");
    return denoise == null
        ? Optional.empty()
        : Optional.of(
            new Denoising(
                denoise,
                share == null ? 0.125 : share,
                kept == null ? Denoising.Kept.OUTSIDE : kept));
  }

  private void merge(MergeMethod chosen, List<Double> factors, Optional<Denoising> rule) {
    try (ModelFolder model = ModelFolder.load(HubPath.local(base));
        MergeInputs inputs = MergeInputs.read(paths, factors, model, spec)) {
      Optional<Denoiser> denoiser = rule.map(one -> Denoiser.once(one, model.weights()));
      OptionalInt most = rank == null ? OptionalInt.empty() : OptionalInt.of(rank);
      AdapterMerge merge = new AdapterMerge(chosen, most, denoiser);
      int[] ids = MergeCanary.sentence(model);
      float[] alone = MergeCanary.logits(model.weights(), LinearBank.base(model.weights()), ids);
      float[] together = MergeCanary.together(model.weights(), inputs.parts(), ids);
      try {
        MergeWriter.Stored stored = new MergeWriter(merge, model, inputs, ids).write(out);
        MergeCanary canary = MergeCanary.of(alone, together, stored.memory(), stored.readBack());
        canary.require(merge.isExact(inputs.parts()));
        MergeCard card = new MergeCard(inputs.all(), how(denoiser), canary.sentence());
        if (chosen.makesAdapter()) {
          card.addTo(out);
        } else {
          card.writeTo(out, model.source().toString());
        }
        print(
            new Written(
                out.toString(),
                stored.form(),
                inputs.all(),
                canary,
                denoiser.map(Denoiser::tally).orElse(null)));
      } catch (RuntimeException e) {
        TrainedFolder.clear(out);
        throw e;
      }
    }
  }

  /** Method, rank and denoising for the card. */
  private String how(Optional<Denoiser> denoiser) {
    String limit = rank == null ? "" : ", rank at most " + rank;
    return "Method `%s`%s%s"
        .formatted(method, limit, denoiser.map(step -> "; " + denoised(step.tally())).orElse(""));
  }

  private static String denoised(Denoiser.Tally tally) {
    return String.format(
        Locale.ROOT,
        "denoising dropped %,d of %,d components, %.1f %% of the squared norm stays",
        tally.dropped(),
        tally.components(),
        100 * tally.keptShare());
  }

  private void print(Written written) {
    PrintWriter to = spec.commandLine().getOut();
    if (json) {
      to.print(Shown.lines(Json.pretty(written)));
    } else {
      for (MergeInputs.Input input : written.merged) {
        to.println(Shown.line(input.label() + ", weight " + input.factor()));
      }
      Denoiser.Tally tally = written.denoised;
      if (tally != null) {
        to.println(denoised(tally));
      }
      to.println(written.canary.sentence());
      to.println(Shown.line("written to " + out + " (" + written.form + ")"));
    }
    to.flush();
    if (written.canary.isFar()) {
      ModelOptions.warn(
          spec,
          List.of(
              "the result is further from the adapters together than the base alone is; raise"
                  + " --rank, or drop less"));
    }
  }
}
