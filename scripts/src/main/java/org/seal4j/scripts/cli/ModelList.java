package org.seal4j.scripts.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.lora.bundle.BundlePath;
import org.seal4j.lora.io.AdapterSummary;
import org.seal4j.scripts.arc.ArcExperiment;
import org.seal4j.scripts.arc.KeptModel;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.run.Checksums;
import org.seal4j.scripts.run.RunFolder;
import org.seal4j.scripts.run.RunManifest;
import org.seal4j.scripts.tuning.TrainedFolder;

/** What the runs below a folder left that can be used, in the order of their paths. */
final class ModelList {
  private static final int DEEPEST = 4;

  private final List<Entry> entries = new ArrayList<>();

  /** Runs that left nothing to use. */
  private int others;

  private ModelList() {}

  /**
   * One model, adapter or bundle.
   *
   * @param name of the run's folder, or of the model's where it lies elsewhere
   * @param what {@code solver}, {@code model}, {@code adapter} or {@code bundle}
   * @param path where it lies
   * @param kind of the run; empty where there is none around it
   * @param recipe of the run; empty where there is none around it
   * @param started when the run began; empty where there is none around it
   * @param parameters that it has; null where its files do not say so at once
   * @param bytes on the disk
   * @param command what it can be used for; empty where it cannot
   * @param problem why it cannot be used; empty where it can
   */
  record Entry(
      String name,
      String what,
      String path,
      String kind,
      String recipe,
      String started,
      @Nullable Long parameters,
      long bytes,
      String command,
      String problem) {}

  /** Looks below a folder, which may be a run itself. */
  static ModelList below(Path root) {
    Checks.require(
        Files.isDirectory(root), "there is no folder %s; name one that holds runs", root);
    ModelList list = new ModelList();
    try {
      Files.walkFileTree(root, Set.of(), DEEPEST, list.new Finder(root));
    } catch (IOException e) {
      throw Checks.refuse("cannot read %s: %s", root, AtomicFile.reason(e));
    }
    list.entries.sort(Comparator.comparing(Entry::path));
    return list;
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  int others() {
    return others;
  }

  private final class Finder extends SimpleFileVisitor<Path> {
    private final Path root;

    Finder(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) {
      Path name = folder.getFileName();
      if (!folder.equals(root) && name != null && name.toString().startsWith(".")) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (Files.isRegularFile(folder.resolve(RunFolder.EFFECTIVE))) {
        int before = entries.size();
        run(folder);
        others += entries.size() == before ? 1 : 0;
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (Files.isRegularFile(folder.resolve(KeptModel.CARD))) {
        add(folder, "solver", folder, new Origin(ArcExperiment.KIND, "", ""), solve(folder));
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  /** The run around something. */
  private record Origin(String kind, String recipe, String started) {}

  private void run(Path run) {
    Origin origin;
    try {
      RunManifest manifest = RunManifest.read(run);
      origin =
          new Origin(
              String.valueOf(manifest.configuration().get("kind")),
              manifest.run().recipe(),
              manifest.run().started());
    } catch (InputException e) {
      entries.add(
          new Entry(
              name(run),
              "run",
              run.toString(),
              "",
              "",
              "",
              null,
              bytes(run),
              "",
              String.valueOf(e.getMessage())));
      return;
    }
    Path model = run.resolve(TrainedFolder.MODEL);
    if (origin.kind.equals(ArcExperiment.KIND) && Files.isDirectory(model)) {
      add(run, "solver", model, origin, solve(run));
    } else if (Files.exists(model.resolve("config.json"))) {
      add(
          run,
          "model",
          model,
          origin,
          CommandName.with("generate", "--model", model.toString(), "--prompt", "TEXT"));
    }
    Path adapter = run.resolve(TrainedFolder.ADAPTER);
    if (Files.isDirectory(adapter)) {
      add(run, "adapter", adapter, origin, ask(run));
    }
    Path bundle = run.resolve(BundlePath.IN_RUN);
    if (Files.isDirectory(bundle)) {
      add(run, "bundle", bundle, origin, ask(run));
    }
  }

  private static String solve(Path named) {
    return CommandName.with("solve", "TASK.json", "--model", named.toString());
  }

  private static String ask(Path run) {
    return CommandName.with("ask", "--model", "MODEL", "--adapter", run.toString(), "QUESTION");
  }

  private void add(Path named, String what, Path folder, Origin origin, String command) {
    boolean finished = named.equals(folder) || Files.exists(named.resolve(Checksums.FILE_NAME));
    String problem =
        finished
            ? ""
            : "the run is not finished; to go on: "
                + CommandName.with("run", "--resume", named.toString());
    Long parameters = null;
    if (finished && what.equals("solver")) {
      try {
        KeptModel kept = KeptModel.open(named);
        kept.prove();
        parameters = kept.parameters();
      } catch (InputException e) {
        problem = String.valueOf(e.getMessage());
      }
    } else if (finished && what.equals("adapter")) {
      try {
        parameters = AdapterSummary.read(folder).parameters();
      } catch (InputException e) {
        problem = String.valueOf(e.getMessage());
      }
    }
    entries.add(
        new Entry(
            name(named),
            what,
            folder.toString(),
            origin.kind,
            origin.recipe,
            origin.started,
            parameters,
            bytes(folder),
            problem.isEmpty() ? command : "",
            problem));
  }

  private static String name(Path folder) {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }

  private static long bytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0; // gone meanwhile, or not readable: listed all the same
    }
  }
}
