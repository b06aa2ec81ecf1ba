package org.seal4j.scripts.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.file.Proof;
import org.seal4j.data.file.RunMark;
import org.seal4j.data.table.LogState;
import org.seal4j.model.weights.WeightsFile;
import org.seal4j.rl.inner.WeightsStore;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.run.RunProof.Finding;
import org.seal4j.scripts.run.RunProof.State;

/** Proves single files of a run folder. */
final class FileProof {
  /** What cannot be made again from the rest of the folder. */
  private static final List<String> ROOTS =
      List.of(RunFolder.EFFECTIVE, RunManifest.FILE_NAME, "teacher.json");

  /** Of a kept model; beside it lies what other programs read as well. */
  private static final String CARD = "model/solver.json";

  private static final String CHECKPOINT = "round-[0-9]+\\.safetensors";

  private final Path root;
  private final Map<String, String> listed;

  /**
   * @param root of the run
   * @param listed SHA-256 by the name of each file that {@link Checksums} lists; empty before the
   *     end of the run
   */
  FileProof(Path root, Map<String, String> listed) {
    this.root = root;
    this.listed = listed;
  }

  Finding of(String name, Path file) {
    try {
      Checks.require(
          Files.isRegularFile(file),
          "%s is no regular file, but a folder, a device or a link that leads to none; delete it",
          file);
      return examined(name, file);
    } catch (InputException e) {
      String fault = String.valueOf(e.getMessage());
      return new Finding(name, State.DAMAGED, fault + " (" + remedy(root, name) + ")");
    }
  }

  /** What to do about a file that is damaged or missing. */
  static String remedy(Path root, String name) {
    return ROOTS.contains(name)
        ? "restore " + name + " from a copy, or begin a new run"
        : CommandName.with("run", "--resume", root.toString())
            + " writes "
            + name
            + " again where it is missing";
  }

  private Finding examined(String name, Path file) {
    if (name.equals(Checksums.FILE_NAME)) {
      Checksums.requireForm(file);
      return new Finding(name, State.OK, Amount.of(listed.size(), "file"));
    }
    String sum = listed.get(name);
    if (sum == null && !listed.isEmpty() && Checksums.isListed(name)) {
      return foreign(name, file, "a file that " + Checksums.FILE_NAME + " lists");
    }
    if (sum != null && !sum.equals(ContentHash.ofFile(file))) {
      requireProof(name, file); // says more where the file itself is damaged
      return new Finding(
          name,
          State.FOREIGN,
          "%s is not the file that %s lists: it is whole, but of another run or state (%s)"
              .formatted(file, Checksums.FILE_NAME, remedy(root, name)));
    }
    return requireProof(name, file);
  }

  private Finding requireProof(String name, Path file) {
    if (isLeftOver(file)) {
      return new Finding(name, State.UNFINISHED, "left by a writer that was stopped; not read");
    }
    if (name.endsWith(".arrows")) {
      return log(name, file);
    }
    if (name.endsWith(".safetensors")) {
      WeightsFile.requireProof(file);
      return origin(name, file);
    }
    if (name.endsWith(".arrow") || isText(name)) {
      Proof.requireFile(file);
      return name.equals(RunFolder.EFFECTIVE) ? configuration(name, file) : marked(name, file);
    }
    if (listed.containsKey(name)) {
      return ok(name);
    }
    return new Finding(
        name,
        State.OTHER,
        Checksums.isForeign(name) ? "not proven before the end" : "not of the run");
  }

  private static boolean isText(String name) {
    boolean form = name.endsWith(".json") || name.endsWith(".html") || name.endsWith(".yaml");
    return form && (name.equals(CARD) || !Checksums.isForeign(name));
  }

  private static Finding ok(String name) {
    return new Finding(name, State.OK, "");
  }

  private static boolean isLeftOver(Path file) {
    String last = String.valueOf(file.getFileName());
    return last.equals(".lock") || (last.startsWith(".") && last.endsWith(".partial"));
  }

  /** The stored configuration must be that of the manifest. */
  private Finding configuration(String name, Path file) {
    String expected = mark(RunManifest.RECIPE_HASH);
    return expected.isEmpty() || expected.equals(ContentHash.ofFile(file))
        ? ok(name)
        : foreign(name, file, "a configuration with SHA-256 " + expected);
  }

  private Finding log(String name, Path file) {
    LogState log = LogState.of(file);
    String identity = mark(RunManifest.IDENTITY);
    String expected = identity + "/" + name.substring(0, name.length() - ".arrows".length());
    if (!identity.isEmpty() && !log.origin().isEmpty() && !log.origin().equals(expected)) {
      return foreign(name, file, expected);
    }
    return switch (log.end()) {
      case CLOSED -> new Finding(name, State.OK, Amount.of(log.rows(), "row"));
      case OPEN -> new Finding(name, State.UNFINISHED, log.rows() + " rows so far");
      case TORN -> new Finding(name, State.UNFINISHED, log.rows() + " rows and a torn end");
    };
  }

  /** A text that names its run must name this one; those of older versions name none. */
  private Finding marked(String name, Path file) {
    String found = RunMark.in(file);
    String expected = mark(RunManifest.IDENTITY);
    return found.isEmpty() || expected.isEmpty() || found.equals(expected)
        ? ok(name)
        : foreign(name, file, expected);
  }

  /** A checkpoint, and whatever says where it is from, must be of this run and of its own place. */
  private Finding origin(String name, Path file) {
    String last = String.valueOf(file.getFileName());
    String identity = mark(RunManifest.IDENTITY);
    String unsaid = last.matches(CHECKPOINT) ? "unknown" : "";
    String found = WeightsFile.notes(file).getOrDefault(WeightsStore.ORIGIN, unsaid);
    boolean cached = name.startsWith(RunFolder.OWN_CACHE + "/");
    if (found.isEmpty() || cached || identity.isEmpty()) {
      return ok(name);
    }
    String place = name.substring(0, name.length() - ".safetensors".length());
    String expected = identity + "/" + place;
    return found.equals(expected) ? ok(name) : foreign(name, file, expected);
  }

  private Finding foreign(String name, Path file, String expected) {
    return new Finding(
        name,
        State.FOREIGN,
        "%s is whole, but of another run or place: %s was expected; delete it, and %s"
            .formatted(file, expected, remedy(root, name)));
  }

  /** A mark of the manifest; empty where there is no manifest that can be read. */
  private String mark(String name) {
    if (!Files.exists(root.resolve(RunManifest.FILE_NAME))) {
      return "";
    }
    try {
      return RunManifest.mark(root, name);
    } catch (InputException e) { // found as damaged by itself
      return "";
    }
  }
}
