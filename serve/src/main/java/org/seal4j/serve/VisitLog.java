package org.seal4j.serve;

import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import org.seal4j.data.check.Shown;
import org.seal4j.serve.access.AccessGate;
import org.seal4j.serve.endpoint.Metrics;
import org.seal4j.serve.http.Call;
import org.seal4j.serve.http.Front;

/** Counts requests, and says of each who asked what and how it ended; never what was said. */
final class VisitLog implements Front.Visits {
  private static final int FRAMES = 12;

  /** What is asked all the time by what watches the server; 503 is what it is told meanwhile. */
  private static final Set<String> WATCHED = Set.of("/health", "/metrics", "/v1/jobs");

  private static final Set<Integer> USUAL = Set.of(200, 503);

  private final ServerSide.Log log;
  private final AccessGate gate;
  private final Metrics metrics;

  VisitLog(ServerSide.Log log, AccessGate gate, Metrics metrics) {
    this.log = log;
    this.gate = gate;
    this.metrics = metrics;
  }

  @Override
  public void over(Call call, String path, int status, long nanos) {
    metrics.visit(path, status);
    if (WATCHED.contains(path) && USUAL.contains(status)) {
      return;
    }
    log.line(
        String.format(
            Locale.ROOT,
            "%s %s %s %s %d %.1f ms",
            call.id(),
            gate.caller(call).name(),
            Shown.text(call.method()),
            path.isEmpty() ? "(unknown)" : path,
            status,
            nanos * 1e-6));
  }

  /** The message of a fault may hold what a client wrote, so that only its place is said. */
  @Override
  public void fault(Call call, Throwable fault) {
    metrics.fault();
    StringJoiner text = new StringJoiner(" < ");
    for (Throwable at = fault; at != null; at = at.getCause()) {
      text.add(at.getClass().getName());
      StackTraceElement[] frames = at.getStackTrace();
      for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
        text.add(frames[i].toString());
      }
    }
    log.line(call.id() + " fault: " + text);
  }
}
