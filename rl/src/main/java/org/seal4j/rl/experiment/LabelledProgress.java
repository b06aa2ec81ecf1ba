package org.seal4j.rl.experiment;

import java.util.Map;
import org.seal4j.rl.Progress;

/**
 * Tells of evaluations by the names that the result table gives them. The names of their phases
 * stay those of the journal.
 *
 * @param to who hears it
 * @param labels by the name of a phase; filled as evaluations begin
 */
record LabelledProgress(Progress to, Map<String, String> labels) implements Progress {
  private static final String ROUND = " (round ";

  @Override
  public void start(String what, long total) {
    int round = what.indexOf(ROUND);
    String label = round < 0 ? null : labels.get(what.substring(0, round));
    to.start(label == null ? what : label + what.substring(what.indexOf(')', round) + 1), total);
  }

  @Override
  public void resume(long done, String note) {
    to.resume(done, note);
  }

  @Override
  public void step(long done, String note) {
    to.step(done, note);
  }

  @Override
  public void end() {
    to.end();
  }
}
