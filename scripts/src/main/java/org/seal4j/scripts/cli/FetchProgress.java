package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Shown;
import org.seal4j.data.hub.HubListener;
import org.seal4j.rl.Progress;

/**
 * Tells a person what is fetched: how much, before it begins, and then a bar in kB or MB.
 *
 * @see org.seal4j.scripts.run.ProgressBar
 */
final class FetchProgress implements HubListener {
  private static final long MB = 1_000_000;
  private static final long KB = 1_000;

  /** Below so many bytes the bar counts kB. */
  private static final long FEW = 10 * MB;

  private final PrintWriter out;
  private final Progress bar;
  private long unit = MB;
  private boolean running;

  FetchProgress(PrintWriter out, Progress bar) {
    this.out = out;
    this.bar = bar;
  }

  @Override
  public void begin(Ahead ahead, Path cache) {
    String what =
        "%s at '%s', commit %s: %s"
            .formatted(
                ahead.name().repository(),
                ahead.name().revision(),
                ahead.commit(),
                Amount.of(ahead.files(), "file"));
    String rest =
        ahead.missing() == 0
            ? ", all of them there"
            : ", %d to fetch with %s%s into %s"
                .formatted(
                    ahead.missing(),
                    size(ahead.bytes()),
                    ahead.there() == 0 ? "" : " (" + size(ahead.there()) + " there)",
                    cache);
    out.println(Shown.line(what + rest));
    out.flush();
    if (ahead.missing() > 0) {
      running = true;
      unit = ahead.bytes() < FEW ? KB : MB;
      bar.start("fetching, in " + (unit == MB ? "MB" : "kB"), Math.max(1, rounded(ahead.bytes())));
      if (ahead.there() > 0) {
        bar.resume(rounded(ahead.there()), "");
      }
    }
  }

  private long rounded(long bytes) {
    return (bytes + unit - 1) / unit;
  }

  static String size(long bytes) {
    return bytes < FEW
        ? String.format(Locale.ROOT, "%,.1f kB", (double) bytes / KB)
        : String.format(Locale.ROOT, "%,.1f MB", (double) bytes / MB);
  }

  @Override
  public void step(long bytes, String file) {
    if (running) {
      bar.step(rounded(bytes), file);
    }
  }

  @Override
  public void end() {
    if (running) {
      bar.end();
    }
  }
}
