package org.seal4j.scripts.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.InputException;
import org.seal4j.data.table.LogState;
import org.seal4j.model.weights.WeightsFile;
import org.seal4j.rl.inner.WeightsStore;
import org.seal4j.rl.journal.Journal;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.run.RunProof.Finding;
import org.seal4j.scripts.run.RunProof.State;

/** Holds the logs of a run against its checkpoints: a log must not be shorter than its rounds. */
record LogLengths(Path root, Set<String> files) {
  private static final Pattern ROUND = Pattern.compile("(.*/)?round-([1-9][0-9]*)\\.safetensors");
  private static final String CHECKPOINTS = "checkpoints/";

  LogLengths {
    files = new TreeSet<>(files);
  }

  /** A finding for each log that lacks rows, or is missing. */
  List<Finding> shorter() {
    List<Finding> shorter = new ArrayList<>();
    for (String name : files) {
      Matcher round = ROUND.matcher(name);
      if (round.matches()) {
        String folder = round.group(1) == null ? "" : round.group(1);
        String journal =
            folder.endsWith(CHECKPOINTS)
                ? folder.substring(0, folder.length() - CHECKPOINTS.length())
                : folder;
        compare(name, journal, Integer.parseInt(round.group(2)), shorter);
      }
    }
    return shorter;
  }

  private void compare(String checkpoint, String journal, int round, List<Finding> shorter) {
    String edits = journal + Journal.EDITS_FILE;
    String learning = journal + Journal.LEARNING_FILE;
    if (!files.contains(edits)) {
      shorter.add(finding(edits, State.MISSING, "is missing", checkpoint));
    }
    if (!files.contains(learning)) {
      shorter.add(finding(learning, State.MISSING, "is missing", checkpoint));
      return;
    }
    try {
      Path file = root.resolve(checkpoint);
      int expected = WeightsStore.steps(file, WeightsFile.notes(file));
      boolean empty = LogState.of(root.resolve(learning)).rows() == 0;
      long found =
          empty
              ? 0
              : Journal.readLearning(root.resolve(journal)).stream()
                  .filter(row -> row.round() == round)
                  .count();
      if (found != expected) {
        String what =
            "has %d of %s of round %d".formatted(found, Amount.of(expected, "row"), round);
        shorter.add(finding(learning, State.MISSING, what, checkpoint));
      }
    } catch (InputException e) {
      // a file that cannot be read is found as damaged by itself
    }
  }

  private Finding finding(String log, State state, String what, String checkpoint) {
    return new Finding(
        log,
        state,
        "%s %s, though %s is there; %s writes its rows again"
            .formatted(
                root.resolve(log),
                what,
                checkpoint,
                CommandName.with("run", "--resume", root.toString())));
  }
}
