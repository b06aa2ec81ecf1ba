package org.seal4j.scripts.solve;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.rl.grid.SolvedTask;

/** A new file for attempts in Kaggle's layout ({@code --submission}). */
public record SubmissionFile(Path file) {
  /** Refuses a name that is taken, or that lies in no folder. */
  public void requireNew() {
    Checks.require(
        !Files.exists(file, LinkOption.NOFOLLOW_LINKS),
        "--submission is %s, which exists; name a new file, or delete that one",
        file);
    Path parent = file.toAbsolutePath().getParent();
    Checks.require(
        parent != null && Files.isDirectory(parent),
        "--submission is %s, but there is no folder %s; make it first",
        file,
        String.valueOf(parent));
  }

  /** Refuses a name that the new folder needs itself, and one that cannot be written. */
  public void requireApart(Path folder) {
    Path named = file.toAbsolutePath().normalize();
    Path made = folder.toAbsolutePath().normalize();
    boolean taken =
        made.startsWith(named)
            || named.equals(made.resolve(SolvedFolder.ATTEMPTS))
            || named.equals(made.resolve(SolvedFolder.PAGE));
    Checks.require(
        !taken,
        "--submission is %s, which --out (%s) needs itself; choose another file",
        file,
        folder);
    AtomicFile.requireWritable(file);
  }

  /** Writes it; it is there as a whole or not at all. */
  public void write(List<SolvedTask> tasks) {
    AtomicFile.writeText(file, Submission.json(tasks));
  }
}
