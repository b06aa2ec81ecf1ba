package org.seal4j.scripts.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.seal4j.data.check.Shown;
import org.seal4j.rl.experiment.RunListener;

/**
 * Progress for a person: on a terminal one line that is redrawn, with a bar, the rate and the time
 * left; elsewhere a plain line now and then, so that a log file stays short. Safe to call from
 * several threads.
 */
public final class ProgressBar implements RunListener {
  private static final Duration REDRAW = Duration.ofMillis(100);
  private static final Duration PLAIN_FIRST = Duration.ofSeconds(10);
  private static final Duration PLAIN_LATER = Duration.ofSeconds(30);
  private static final double WORTH_A_LINE = 1.0;
  private static final int BAR_CELLS = 24;
  private static final int WIDE_ENOUGH = 64;

  private final PrintStream out;
  private final boolean terminal;
  private final Screen screen;
  private final LongSupplier nanoTime;

  private String what = "";
  private String note = "";
  private long total;
  private long done;
  private long doneBefore;
  private long startedAt;
  private long doneFirst;
  private long firstAt;
  private long nextShow;
  private int shownWidth;

  ProgressBar(PrintStream out, boolean terminal, Screen screen, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.screen = screen;
    this.nanoTime = nanoTime;
  }

  /** A bar on the error stream of this process. */
  public static ProgressBar onErrorStream() {
    return new ProgressBar(System.err, Terminal.watchesErrors(), Screen.here(), System::nanoTime);
  }

  @Override
  public synchronized void start(String newWhat, long newTotal) {
    what = newWhat;
    note = "";
    total = Math.max(0, newTotal);
    done = 0;
    doneBefore = 0;
    doneFirst = 0;
    startedAt = nanoTime.getAsLong();
    nextShow = startedAt + (terminal ? 0 : PLAIN_FIRST.toNanos());
    if (terminal) {
      show();
    }
  }

  @Override
  public synchronized void resume(long earlier, String newNote) {
    doneBefore = earlier;
    doneFirst = earlier;
    done = earlier;
    note = newNote;
    if (terminal) {
      show();
    }
  }

  @Override
  public synchronized void step(long newDone, String newNote) {
    done = newDone;
    note = newNote;
    if (doneFirst == doneBefore && done > doneBefore) {
      doneFirst = done;
      firstAt = nanoTime.getAsLong();
    }
    if (nanoTime.getAsLong() - nextShow >= 0) {
      show();
    }
  }

  @Override
  public synchronized void end() {
    if (done == 0 && seconds() < WORTH_A_LINE) {
      wipe();
      return;
    }
    String noteText = note.isEmpty() ? "" : ", " + note;
    String line =
        String.format(
            Locale.ROOT,
            "%s: %d%s in %s%s%s",
            what,
            done,
            doneBefore == 0 ? "" : " (" + doneBefore + " before)",
            time(seconds()),
            rate(done - doneBefore, seconds()),
            noteText);
    draw(line);
    if (terminal) {
      out.println();
    }
    shownWidth = 0;
  }

  /** Takes back the line of a part in which nothing happened. */
  private void wipe() {
    if (terminal) {
      out.print("\r" + " ".repeat(shownWidth) + "\r");
      out.flush();
    }
    shownWidth = 0;
  }

  private void show() {
    nextShow = nanoTime.getAsLong() + (terminal ? REDRAW : PLAIN_LATER).toNanos();
    String noteText = note.isEmpty() ? "" : ", " + note;
    String rest = (total > 0 ? ofTotal() : " " + done + rate()) + noteText;
    draw(terminal ? shortened(screen.columns() - 1 - rest.length()) + rest : what + rest);
  }

  /** What is done, in so many characters: of a phase and its part, the part alone. */
  private String shortened(int room) {
    int part = what.indexOf(": ");
    return what.length() <= room || part < 0 ? what : what.substring(part + 2);
  }

  /** Bar, count, rate and time left, where the total is known. */
  private String ofTotal() {
    double share = Math.min(1.0, (double) done / total);
    String bar = "";
    if (terminal && screen.columns() >= WIDE_ENOUGH) {
      int full = (int) Math.floor(share * BAR_CELLS);
      bar = " [" + "#".repeat(full) + ".".repeat(BAR_CELLS - full) + "]";
    }
    String left =
        !isRateKnown() || share >= 1
            ? ""
            : ", " + time(sinceFirst() / (done - doneFirst) * (total - done)) + " left";
    return bar + " " + done + "/" + total + rate() + left;
  }

  /** The first step carries what is done once, so that the rate is that of the steps after it. */
  private boolean isRateKnown() {
    return done > doneFirst && doneFirst > doneBefore && sinceFirst() >= WORTH_A_LINE;
  }

  private double sinceFirst() {
    return (nanoTime.getAsLong() - firstAt) * 1e-9;
  }

  private String rate() {
    return isRateKnown() ? rate(done - doneFirst, sinceFirst()) : "";
  }

  /** Writes a line, over the last one on a terminal. */
  private void draw(String text) {
    String line = Shown.line(text);
    if (!terminal) {
      out.println(line);
      return;
    }
    // A line as wide as the screen would begin the next one.
    String shown = line.substring(0, Math.min(line.length(), screen.columns() - 1));
    out.print("\r" + shown + " ".repeat(Math.max(0, shownWidth - shown.length())));
    out.flush();
    shownWidth = shown.length();
  }

  private double seconds() {
    return (nanoTime.getAsLong() - startedAt) * 1e-9;
  }

  private static String rate(long steps, double seconds) {
    if (steps == 0 || seconds <= 0) {
      return "";
    }
    double perSecond = steps / seconds;
    return perSecond >= 1
        ? String.format(Locale.ROOT, ", %.1f/s", perSecond)
        : String.format(Locale.ROOT, ", %.1f s each", 1 / perSecond);
  }

  /** A time as a person says it: {@code 42 s}, {@code 3 min 05 s}, {@code 2 h 10 min}. */
  public static String time(double seconds) {
    long s = Math.round(seconds);
    if (s < 60) {
      return s + " s";
    }
    return s < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d h %02d min", s / 3600, s % 3600 / 60);
  }
}
