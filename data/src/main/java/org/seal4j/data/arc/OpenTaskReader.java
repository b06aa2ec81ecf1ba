package org.seal4j.data.arc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.RegularFile;
import org.seal4j.data.json.JsonField;

/**
 * Reads tasks that are to be solved: in the forms of {@link ArcReader}, but test pairs may lack
 * their {@code output}, and a Kaggle challenges file its solutions file. A file whose keys are task
 * ids is of the Kaggle layout whatever its name; solutions are looked for beside one that has
 * {@code challenges} in its name. Where outputs are known they are kept apart, for a grader.
 *
 * <p>A bad file is an {@link org.seal4j.data.check.InputException} with file, field, found and
 * expected.
 */
public final class OpenTaskReader {
  private OpenTaskReader() {}

  /**
   * The tasks of several files and folders, in their order.
   *
   * @throws org.seal4j.data.check.InputException where two tasks have one id
   */
  public static List<OpenTask> read(List<Path> filesOrFolders) {
    List<OpenTask> tasks = new ArrayList<>();
    Map<String, Path> seen = new HashMap<>();
    for (Path named : filesOrFolders) {
      for (OpenTask task : read(named)) {
        requireName(task.id(), named);
        Path before = seen.putIfAbsent(task.id(), named);
        if (before != null) {
          throw Checks.refuse(
              "%s: has the task id '%s', which %s has too; ids must be unique, so leave one out or"
                  + " rename its file",
              named, task.id(), before);
        }
        tasks.add(task);
      }
    }
    return List.copyOf(tasks);
  }

  /** An id is shown and written to files, so it must have characters that UTF-8 can hold. */
  private static void requireName(String id, Path named) {
    Checks.require(
        !id.isBlank(),
        "%s: has a task without a name; a task is called as its file, or as its key in a Kaggle"
            + " file: rename it",
        named);
    Checks.require(
        id.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE),
        "%s: the task '%s' has half of a surrogate pair in its name, which UTF-8 cannot hold;"
            + " rename it",
        named,
        id);
  }

  /** The tasks of a file or folder: at least one. */
  public static List<OpenTask> read(Path fileOrFolder) {
    ArcJson json = new ArcJson(ArcLimits.defaults());
    if (Files.isDirectory(fileOrFolder)) {
      return ArcReader.sources(fileOrFolder).stream()
          .map(one -> json.open(one.id(), one.family(), JsonField.read(one.file())))
          .toList();
    }
    Checks.require(
        Files.isRegularFile(RegularFile.require(fileOrFolder)),
        "%s: there is no such file or folder; expected task files, a folder of them, or a Kaggle"
            + " challenges file",
        fileOrFolder);
    JsonField whole = JsonField.read(fileOrFolder);
    if (whole.node().isObject() && !whole.has(ArcJson.TRAIN) && !whole.has(ArcJson.TEST)) {
      return kaggle(whole, json);
    }
    String id = ArcReader.id(fileOrFolder);
    return List.of(json.open(id, id, whole));
  }

  private static List<OpenTask> kaggle(JsonField challenges, ArcJson json) {
    Path file = challenges.file();
    Path beside = ArcReader.solutions(file);
    boolean known = ArcReader.isChallenges(file) && Files.isRegularFile(beside);
    @Nullable Map<String, JsonField> outputs = known ? JsonField.read(beside).members() : null;
    List<OpenTask> tasks = new ArrayList<>();
    for (Map.Entry<String, JsonField> challenge : challenges.members().entrySet()) {
      String id = challenge.getKey();
      Checks.require(
          !challenge.getValue().node().isArray(),
          "%s: has a list for the task '%s', as a Kaggle solutions file has; expected a challenges"
              + " file, whose tasks have train and test",
          file,
          id);
      if (outputs == null) {
        tasks.add(json.open(id, challenge.getValue()));
        continue;
      }
      JsonField output =
          Checks.present(
              outputs.remove(id), "%s: lacks a solution for the task '%s' of %s", beside, id, file);
      tasks.add(json.open(id, challenge.getValue(), output));
    }
    Checks.require(
        outputs == null || outputs.isEmpty(),
        "%s: has solutions for %s, which %s lacks; expected the same tasks in both",
        beside,
        outputs == null ? "" : outputs.keySet(),
        file);
    Checks.require(!tasks.isEmpty(), "%s: holds no task; expected an object of tasks", file);
    return List.copyOf(tasks);
  }
}
