package org.seal4j.scripts.run;

import java.io.PrintWriter;
import org.seal4j.data.check.Amount;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.LearningRow;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.scripts.launch.OnStop;

/**
 * Says where a run stands, and how to go on, when the process is told to end before the run has
 * (Ctrl-C, SIGTERM, a parent that was killed). The process then ends as it would without: with exit
 * code 130 or 143. Close it when the run is over.
 */
public final class StopNotice implements RunListener, AutoCloseable {
  private final PrintWriter err;
  private final String goOn;
  private final OnStop onStop;

  private String stage = "";
  private long done;
  private long total;
  private long edits;
  private long learned;

  /**
   * @param err where to
   * @param goOn the command that resumes this run
   */
  public StopNotice(PrintWriter err, String goOn) {
    this.err = err;
    this.goOn = goOn;
    onStop = OnStop.run(this::print);
  }

  @Override
  public synchronized void start(String what, long newTotal) {
    stage = what;
    done = 0;
    total = newTotal;
  }

  @Override
  public synchronized void resume(long earlier, String note) {
    done = earlier;
  }

  @Override
  public synchronized void step(long newDone, String note) {
    done = newDone;
  }

  @Override
  public synchronized void end() {
    stage = "";
  }

  @Override
  public synchronized void evaluated(EditRow row) {
    edits++;
  }

  @Override
  public synchronized void learned(LearningRow row) {
    learned++;
  }

  private void print() {
    err.println();
    sentences().lines().forEach(err::println);
    err.flush();
  }

  /** Where the run stands, and the command that goes on, a line each. */
  synchronized String sentences() {
    StringBuilder text = new StringBuilder("seal: stopped");
    if (!stage.isEmpty()) {
      text.append(" at '").append(stage).append('\'');
      if (total > 0) {
        text.append(", ").append(done).append(" of ").append(total);
      }
    }
    if (edits + learned > 0) {
      text.append("; stored by this process: ")
          .append(Amount.of(edits, "evaluated self-edit"))
          .append(", ")
          .append(Amount.of(learned, "learning step"));
    }
    return text + "\nseal: to go on: " + goOn + "\n";
  }

  @Override
  public void close() {
    onStop.close();
  }
}
