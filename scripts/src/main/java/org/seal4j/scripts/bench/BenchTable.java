package org.seal4j.scripts.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.model.blas.KernelChoice;
import org.seal4j.model.blas.Processor;
import org.seal4j.model.plan.Tensors;

/**
 * The measurements of all programs as one table: medians with the smallest and the largest, and
 * what each peer takes for one of ours. A log has a line {@code program, workload, milliseconds}
 * for each measurement, separated by tabs, in the order in which the table shows them; lines that
 * begin with {@code #} say what a program is.
 */
public final class BenchTable {
  private static final String OURS = "engine";
  private static final String BEGIN = "<!-- compare: begin -->";
  private static final String END = "<!-- compare: end -->";

  private final Map<String, Map<String, List<Double>>> byWorkload = new LinkedHashMap<>();
  private final List<String> peers = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  BenchTable(List<String> log) {
    for (String line : log) {
      if (line.startsWith("#")) {
        String note = line.substring(1).strip();
        if (!notes.contains(note)) {
          notes.add(note);
        }
      } else {
        add(line);
      }
    }
    Checks.require(!byWorkload.isEmpty(), "the log holds no measurement");
  }

  private void add(String line) {
    String[] cells = line.split("\t", -1);
    Checks.require(
        cells.length == 3,
        "a line of the log must be program, workload and milliseconds, separated by tabs, but is"
            + " '%s'",
        line);
    if (!cells[0].equals(OURS) && !peers.contains(cells[0])) {
      peers.add(cells[0]);
    }
    byWorkload
        .computeIfAbsent(cells[1], w -> new LinkedHashMap<>())
        .computeIfAbsent(cells[0], p -> new ArrayList<>())
        .add(Double.valueOf(cells[2]));
  }

  /**
   * Writes the table between two marks of a page.
   *
   * @param args the log, the page, a date
   */
  public static void main(String[] args) throws IOException {
    Tensors.zeros(1).close();
    Path page = Path.of(args[1]);
    String text = Files.readString(page);
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    Checks.require(from >= 0 && to > from, "%s has no place for the table: %s", page, BEGIN);
    String table = new BenchTable(Files.readAllLines(Path.of(args[0]))).markdown();
    String head =
        "%s; CPU time of one thread of %s; kernel of ND4J's OpenBLAS: %s.\n\n"
            .formatted(args[2], Processor.here().model(), KernelChoice.inUse());
    AtomicFile.writeText(
        page, text.substring(0, from) + BEGIN + "\n" + head + table + text.substring(to));
  }

  /** The table and what its programs are. */
  String markdown() {
    StringBuilder out = new StringBuilder("| workload | engine, ms |");
    peers.forEach(peer -> out.append(" %s, ms | ÷ ours |".formatted(peer)));
    out.append("\n|---|---|").append("---|---|".repeat(peers.size())).append('\n');
    byWorkload.forEach(
        (workload, times) -> {
          double ours = median(times.getOrDefault(OURS, List.of()));
          out.append("| %s | %s |".formatted(workload, cell(times.get(OURS))));
          for (String peer : peers) {
            List<Double> theirs = times.get(peer);
            String ratio =
                theirs == null || Double.isNaN(ours)
                    ? "–"
                    : String.format(Locale.ROOT, "%.2f", median(theirs) / ours);
            out.append(" %s | %s |".formatted(cell(theirs), ratio));
          }
          out.append('\n');
        });
    if (!notes.isEmpty()) {
      out.append('\n');
      notes.forEach(note -> out.append("- ").append(note).append('\n'));
    }
    return out.toString();
  }

  private static String cell(@Nullable List<Double> times) {
    if (times == null) {
      return "–";
    }
    double least = times.stream().mapToDouble(t -> t).min().orElse(0);
    double most = times.stream().mapToDouble(t -> t).max().orElse(0);
    return number(median(times)) + " [" + number(least) + ", " + number(most) + "]";
  }

  private static String number(double milliseconds) {
    String form = milliseconds < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, form, milliseconds);
  }

  private static double median(List<Double> times) {
    return times.isEmpty()
        ? Double.NaN
        : Stopwatch.median(times.stream().mapToDouble(t -> t).toArray());
  }
}
