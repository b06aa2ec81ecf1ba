package org.seal4j.data.arc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.RegularFile;
import org.seal4j.data.json.JsonField;
import org.seal4j.data.json.JsonTree;

/**
 * Reads grid tasks from the public collections, strictly: ARC-AGI-1, 1D-ARC, Mini-ARC and
 * ConceptARC (one file per task, in any tree of folders) and the Kaggle layout (a challenges file
 * with its solutions file beside it).
 *
 * <p>A test grid each makes a task: {@code <id>-0}, {@code <id>-1}, ...; the id alone where there
 * is one. The id of a file is its name without {@code .json}. The family is the folder the file
 * lies in, such as a 1D-ARC type or a concept; it is the id of the source task where the file lies
 * directly in the folder that was asked for, where that folder is a split ({@code training}, {@code
 * evaluation}, {@code test}), and in the Kaggle layout. Trees are read in the order of their paths,
 * Kaggle files in their own.
 *
 * <p>Tasks whose outputs are not known are read by {@link OpenTaskReader}.
 *
 * <p>A bad file is an {@link InputException} with file, field, found and expected.
 */
public final class ArcReader {
  private static final Set<String> SPLITS =
      Set.of("training", "evaluation", "train", "eval", "test");
  private static final String CHALLENGES = "challenges";
  private static final String SOLUTIONS = "solutions";

  private ArcReader() {}

  /** {@link #read(Path, ArcLimits)} with {@link ArcLimits#defaults()}. */
  public static List<ArcTask> read(Path folderOrFile) {
    return read(folderOrFile, ArcLimits.defaults());
  }

  /**
   * All tasks under a folder, of one task file, or of a Kaggle challenges file.
   *
   * @param limits the largest grids to accept
   */
  public static List<ArcTask> read(Path folderOrFile, ArcLimits limits) {
    ArcJson json = new ArcJson(limits);
    if (Files.isDirectory(folderOrFile)) {
      return tree(folderOrFile, json);
    }
    Checks.require(
        Files.isRegularFile(RegularFile.require(folderOrFile)),
        "%s: there is no such file or folder; expected task files or a Kaggle challenges file",
        folderOrFile);
    JsonField whole = JsonField.read(folderOrFile);
    if (isChallenges(folderOrFile) && !whole.has(ArcJson.TRAIN)) {
      return kaggle(whole, json);
    }
    String id = id(folderOrFile);
    return json.tasks(id, id, whole);
  }

  private static List<ArcTask> tree(Path root, ArcJson json) {
    List<ArcTask> tasks = new ArrayList<>();
    for (Source one : sources(root)) {
      tasks.addAll(json.tasks(one.id, one.family, JsonField.read(one.file)));
    }
    requireUnique(tasks, root);
    return List.copyOf(tasks);
  }

  /** A task file of a folder. */
  record Source(String id, String family, Path file) {}

  /** The task files of a tree, in the order of their paths; at least one. */
  static List<Source> sources(Path root) {
    List<Source> sources = new ArrayList<>();
    Map<String, Path> seen = new HashMap<>();
    for (Path file : JsonTree.files(root)) {
      String name = fileName(file);
      Checks.require(
          !name.contains(CHALLENGES) && !name.contains(SOLUTIONS),
          "%s: is a file of the Kaggle layout in a folder of task files; name the challenges file"
              + " itself",
          file);
      String id = id(file);
      Path before = seen.putIfAbsent(id, file);
      if (before != null) {
        throw Checks.refuse(
            "%s: has the task id '%s' of %s; ids must be unique in a tree", file, id, before);
      }
      sources.add(new Source(id, family(root, file, id), file));
    }
    Checks.require(!sources.isEmpty(), "%s: holds no .json file; expected task files", root);
    return sources;
  }

  /** A source with two test grids makes the ids ID-0 and ID-1, which another source may have. */
  private static void requireUnique(List<ArcTask> tasks, Path source) {
    Set<String> ids = new HashSet<>();
    for (ArcTask task : tasks) {
      Checks.require(
          ids.add(task.id()),
          "%s: two tasks have the id '%s', which a source with several test grids makes by adding a"
              + " number to its own; ids must be unique, so rename one source",
          source,
          task.id());
    }
  }

  private static String family(Path root, Path file, String id) {
    Path folder = file.getParent();
    if (folder == null || folder.equals(root)) {
      return id;
    }
    String name = fileName(folder);
    return SPLITS.contains(name.toLowerCase(Locale.ROOT)) ? id : name;
  }

  private static List<ArcTask> kaggle(JsonField challenges, ArcJson json) {
    Path file = challenges.file();
    Path beside = solutions(file);
    Checks.require(
        Files.isRegularFile(beside), "%s: its solutions file %s is missing", file, beside);
    JsonField solutions = JsonField.read(beside);
    Map<String, JsonField> outputs = solutions.members();
    List<ArcTask> tasks = new ArrayList<>();
    for (Map.Entry<String, JsonField> challenge : challenges.members().entrySet()) {
      String id = challenge.getKey();
      JsonField output =
          Checks.present(
              outputs.remove(id), "%s: lacks a solution for the task '%s' of %s", beside, id, file);
      tasks.addAll(json.tasks(id, challenge.getValue(), output));
    }
    Checks.require(
        outputs.isEmpty(),
        "%s: has solutions for %s, which %s lacks; expected the same tasks in both",
        beside,
        outputs.keySet(),
        file);
    requireUnique(tasks, file);
    Checks.require(!tasks.isEmpty(), "%s: holds no task; expected an object of tasks", file);
    return List.copyOf(tasks);
  }

  /** Whether a file has the name of a challenges file. */
  static boolean isChallenges(Path file) {
    return fileName(file).contains(CHALLENGES);
  }

  /** Where the solutions of a challenges file lie, if there are any. */
  static Path solutions(Path challenges) {
    return challenges.resolveSibling(fileName(challenges).replace(CHALLENGES, SOLUTIONS));
  }

  /** The id of the task in a file: its name without {@code .json}. */
  static String id(Path file) {
    String name = fileName(file);
    return name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
  }

  private static String fileName(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }
}
