package org.seal4j.scripts.solve;

import java.nio.file.Path;
import java.util.List;
import org.seal4j.data.file.Proof;
import org.seal4j.rl.grid.SolvedTask;

/** What {@code seal solve} writes, each file in one step. */
public final class SolvedFolder {
  /** The attempts with all that is known about them. */
  public static final String ATTEMPTS = "attempts.json";

  /** The same in pictures. */
  public static final String PAGE = "solved.html";

  private SolvedFolder() {}

  /**
   * Writes the attempts and the page.
   *
   * @param model what the page calls the model
   */
  public static void write(Solving solving, Solving.Result result, String model, Path folder) {
    String attempts = Attempts.of(solving, result).json();
    Proof.writeText(folder.resolve(ATTEMPTS), Proof.intoJson(attempts));
    SolvePage.write(solving, result, model, folder.resolve(PAGE));
  }

  /** The lines of all tasks for a terminal. */
  public static List<String> lines(List<SolvedTask> tasks, int columns) {
    return tasks.stream().flatMap(task -> SolveLines.of(task, columns).stream()).toList();
  }

  /** What came out, in one sentence. */
  public static String summary(List<SolvedTask> tasks) {
    return SolveLines.summary(tasks);
  }
}
