package org.seal4j.scripts.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.lora.bundle.BundlePath;
import org.seal4j.lora.io.AdapterPath;
import org.seal4j.lora.text.AdaptedModels;
import org.seal4j.lora.text.Computing;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands that talk to one model with any number of adapters. */
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class NamedAdapterOptions {
  /** A name and a path; a path with {@code =} in it is written behind {@code ./}. */
  private static final Pattern NAMED = Pattern.compile("([\\p{L}\\p{N}._-]+)=(.+)");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description =
          "A model folder, a .gguf file, a llama2.c .bin file, or hf:OWNER/NAME of a fetched"
              + " model.")
  private Path model;

  @Option(
      names = "--adapter",
      paramLabel = "[NAME=]ADAPTER",
      description =
          "An adapter over the model: a PEFT folder, a .gguf file, hf:OWNER/NAME, or the folder of"
              + " a run that made one; with ask also a bundle of adapters. May be repeated. Its name"
              + " is that of the folder or run. none is the model alone.")
  private List<String> adapters = new ArrayList<>();

  @Option(
      names = "--tokenizer",
      paramLabel = "PATH",
      description = "A tokenizer's file or folder; default: the one beside the model.")
  private @Nullable Path tokenizer;

  @Mixin private WeightOptions weights;
  @Mixin private EngineOptions engine;

  /**
   * The chosen names in the order of the command line, {@link AdaptedModels#NONE} among them where
   * it was named, or alone where none was.
   */
  List<String> names() {
    List<String> names = new ArrayList<>(paths().keySet());
    return names.isEmpty() ? List.of(AdaptedModels.NONE) : names;
  }

  /** The paths of the adapters by name; the model alone has an empty one. */
  Map<String, Path> paths() {
    Map<String, Path> paths = new LinkedHashMap<>();
    for (String typed : adapters) {
      Matcher named = NAMED.matcher(typed);
      boolean hasName = named.matches() && !Files.exists(path(typed));
      Path path = path(hasName ? named.group(2) : typed);
      String name = hasName ? named.group(1) : AdapterPath.name(path);
      boolean alone = typed.equals(AdaptedModels.NONE);
      Checks.require(
          alone || !name.equals(AdaptedModels.NONE),
          "--adapter %s: an adapter cannot be called none, which is the model alone; write"
              + " NAME=ADAPTER",
          Shown.text(typed));
      Checks.require(
          paths.put(name, alone ? Path.of("") : path) == null,
          "two adapters are called %s; tell them apart: --adapter NAME=ADAPTER",
          Shown.text(name));
    }
    return paths;
  }

  /** The bundles among them, by name. */
  Map<String, Path> bundles() {
    Map<String, Path> bundles = new LinkedHashMap<>();
    paths()
        .forEach(
            (name, path) -> {
              if (!name.equals(AdaptedModels.NONE)) {
                BundlePath.find(path).ifPresent(bundle -> bundles.put(name, bundle));
              }
            });
    return bundles;
  }

  private static Path path(String typed) {
    try {
      return Path.of(typed);
    } catch (InvalidPathException e) {
      throw Checks.refuse("--adapter: '%s' is not a path on this system", Shown.text(typed));
    }
  }

  /** Reads them all; a bundle is refused. The caller closes them. */
  AdaptedModels open() {
    return open(Set.of());
  }

  /** Reads all but some; the caller closes them. */
  AdaptedModels open(Set<String> others) {
    Map<String, Path> paths = new LinkedHashMap<>(paths());
    paths.remove(AdaptedModels.NONE);
    others.forEach(paths::remove);
    AdaptedModels opened =
        AdaptedModels.open(model, tokenizer, paths, new Computing(engine.engine(), weights.form()));
    ModelOptions.warn(spec, opened.warnings());
    return opened;
  }
}
