package org.seal4j.data.squad;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.JsonField;
import org.seal4j.data.json.JsonTree;

/**
 * Reads SEAL's published results of single-passage runs (docs/seal.md §2.6): rewards of
 * completions, and GPT-4.1's verdict on every answer. Other keys of these files do not matter.
 */
public final class SealResults {
  private static final String FOLDER = "results/query_server";
  private static final List<String> ABOVE =
      List.of("", "knowledge-incorporation", "seal/knowledge-incorporation");

  private SealResults() {}

  /**
   * The result files of a copy of SEAL's data, in the order of their paths.
   *
   * @param data a folder that holds {@code results/query_server}, or {@code
   *     knowledge-incorporation} or {@code seal/knowledge-incorporation} above it
   * @throws InputException in one sentence where they are missing
   */
  public static List<Path> files(Path data) {
    for (String above : ABOVE) {
      Path folder = data.resolve(above).resolve(FOLDER);
      if (Files.isDirectory(folder)) {
        List<Path> files = JsonTree.files(folder);
        Checks.require(!files.isEmpty(), "%s holds no .json file; expected SEAL's results", folder);
        return files;
      }
    }
    throw Checks.refuse(
        "%s holds no SEAL results: expected a folder knowledge-incorporation/%s with .json files;"
            + " get it from SEAL's repository and name the folder above it with --data",
        data, FOLDER);
  }

  /** The passages of one file. */
  public static List<ScoredPassage> read(Path file) {
    List<ScoredPassage> passages = new ArrayList<>();
    for (JsonField article : JsonField.read(file).member("articles").items("a list of passages")) {
      String title = article.member("title").words();
      List<ScoredPassage.Completion> completions = new ArrayList<>();
      for (JsonField completion : article.member("completions").list("a list of completions")) {
        completions.add(completion(title, completion));
      }
      passages.add(new ScoredPassage(title, article.member("context").words(), completions));
    }
    return passages;
  }

  private static ScoredPassage.Completion completion(String title, JsonField field) {
    JsonField stats = field.member("stats");
    List<JudgedAnswer> answers = new ArrayList<>();
    for (JsonField answer : field.member("questions").list("a list of judged answers")) {
      answers.add(judged(title, answer, "baseline"));
      answers.add(judged(title, answer, "adapter"));
    }
    return new ScoredPassage.Completion(
        field.member("text").text(),
        stats.member("baseline_mean").number(),
        stats.member("adapter_mean").number(),
        answers);
  }

  private static JudgedAnswer judged(String title, JsonField field, String model) {
    return new JudgedAnswer(
        title,
        field.member("question").words(),
        field.member("answer").words(),
        field.member(model + "_answer").text(),
        field.member(model + "_correct").bool());
  }
}
