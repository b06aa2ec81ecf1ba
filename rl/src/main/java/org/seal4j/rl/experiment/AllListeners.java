package org.seal4j.rl.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.LearningRow;

/** Several listeners as one. */
final class AllListeners implements RunListener {
  private final List<RunListener> listeners;

  AllListeners(List<RunListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  private synchronized void tell(Consumer<RunListener> event) {
    listeners.forEach(event);
  }

  @Override
  public void start(String what, long total) {
    tell(listener -> listener.start(what, total));
  }

  @Override
  public void resume(long done, String note) {
    tell(listener -> listener.resume(done, note));
  }

  @Override
  public void step(long done, String note) {
    tell(listener -> listener.step(done, note));
  }

  @Override
  public void end() {
    tell(RunListener::end);
  }

  @Override
  public void said(String line) {
    tell(listener -> listener.said(line));
  }

  @Override
  public void evaluated(EditRow row) {
    tell(listener -> listener.evaluated(row));
  }

  @Override
  public void learned(LearningRow row) {
    tell(listener -> listener.learned(row));
  }

  @Override
  public void finished(Findings findings, Path folder) {
    tell(listener -> listener.finished(findings, folder));
  }
}
