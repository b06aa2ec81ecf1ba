package org.seal4j.scripts.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.hub.HubPath;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.io.AdapterPath;
import org.seal4j.lora.io.AdapterSummary;
import org.seal4j.model.gguf.GgufLora;
import org.seal4j.scripts.run.RunOrigin;

/** The adapters below some folders, each with what its files and its run say of it. */
final class AdapterList {
  private static final String CONFIG = "adapter_config.json";

  /** In the order of their paths, each once. */
  private final Map<Path, Entry> entries = new TreeMap<>();

  private AdapterList() {}

  /**
   * One adapter.
   *
   * @param adapter what its files say; null where they are damaged, and for a bundle
   * @param bundle what a bundle of many adapters says; null where it is one adapter, or damaged
   * @param run that made it; null where there is none around it, or it cannot be read
   * @param problem why something of it cannot be read; empty where all can
   */
  record Entry(
      String name,
      String path,
      @Nullable AdapterSummary adapter,
      @Nullable BundleDescription bundle,
      @Nullable RunOrigin run,
      String problem) {}

  /**
   * All adapters at or below these paths; hidden folders below them are passed over.
   *
   * @throws InputException when a path leads nowhere
   */
  static List<Entry> below(List<Path> roots) {
    AdapterList list = new AdapterList();
    for (Path named : roots) {
      Path root = HubPath.local(named);
      Checks.require(
          Files.exists(root), "there is nothing at %s; name a run or a folder of adapters", root);
      list.walk(root);
    }
    return List.copyOf(list.entries.values());
  }

  private void walk(Path root) {
    try {
      // A link that is named is followed; links below it are not.
      Path start = root.toRealPath();
      Files.walkFileTree(start, new Finder(start));
    } catch (IOException e) {
      throw Checks.refuse("cannot read %s: %s", root, AtomicFile.reason(e));
    }
  }

  private final class Finder extends SimpleFileVisitor<Path> {
    private final Path root;

    Finder(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) {
      Path name = folder.getFileName();
      boolean hidden = !folder.equals(root) && name != null && name.toString().startsWith(".");
      if (!hidden && Files.isRegularFile(folder.resolve(Bundle.FILE))) {
        entries.put(folder.normalize(), bundle(folder));
        return FileVisitResult.SKIP_SUBTREE;
      }
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
      Path folder = file.getParent();
      if (file.endsWith(CONFIG) && folder != null) {
        entries.put(folder.normalize(), entry(folder, () -> AdapterSummary.read(folder)));
      } else if (file.toString().endsWith(".gguf")) {
        gguf(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      String reason = "cannot read %s: %s".formatted(file, AtomicFile.reason(e));
      entries.put(
          file.normalize(),
          new Entry(AdapterPath.name(file), file.toString(), null, null, null, reason));
      return FileVisitResult.CONTINUE;
    }
  }

  /** A model's file is passed over; one that says neither is damaged. */
  private void gguf(Path file) {
    Optional<Boolean> isAdapter;
    try {
      isAdapter = Optional.of(GgufLora.isAdapter(GgufHeader.read(file)));
    } catch (InputException e) {
      isAdapter = Optional.empty();
    }
    if (isAdapter.orElse(true)) {
      entries.put(file.normalize(), entry(file, () -> AdapterSummary.read(file)));
    }
  }

  private static Entry entry(Path path, Supplier<AdapterSummary> reading) {
    List<String> problems = new ArrayList<>();
    AdapterSummary adapter = attempt(reading, problems);
    RunOrigin run = attempt(() -> RunOrigin.around(path).orElse(null), problems);
    return new Entry(
        AdapterPath.name(path), path.toString(), adapter, null, run, String.join("; ", problems));
  }

  private static Entry bundle(Path folder) {
    List<String> problems = new ArrayList<>();
    BundleDescription bundle = attempt(() -> BundleDescription.of(folder), problems);
    RunOrigin run = attempt(() -> RunOrigin.around(folder).orElse(null), problems);
    return new Entry(
        AdapterPath.name(folder),
        folder.toString(),
        null,
        bundle,
        run,
        String.join("; ", problems));
  }

  private static <T> @Nullable T attempt(Supplier<@Nullable T> reading, List<String> problems) {
    try {
      return reading.get();
    } catch (InputException e) {
      problems.add(String.valueOf(e.getMessage()));
      return null;
    }
  }
}
