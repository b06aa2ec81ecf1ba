package org.seal4j.scripts.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.eval.report.ChartPicture;
import org.seal4j.eval.report.Curve;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.blas.KernelChoice;
import org.seal4j.model.blas.Processor;
import org.seal4j.model.plan.Tensors;

/**
 * The measurements of {@link LongBench} as tables between two marks of a page, and as pictures. Of
 * several measurements of one thing the last counts.
 */
public final class LongTables {
  private static final String BEGIN = "<!-- long: begin -->";
  private static final String END = "<!-- long: end -->";
  private static final double GIB = 1L << 30;
  private static final double MIB = 1 << 20;
  private static final int SIZES_AT = 512;
  private static final List<String> KEPT_AND_AGAIN = List.of("everything kept", "recompute: 1");

  private final Map<String, double[]> measured = new LinkedHashMap<>();

  LongTables(List<String> log) {
    for (String line : log) {
      String[] cells = line.split("\t", -1);
      Checks.require(
          cells.length == 8,
          "a line of the log must have eight cells separated by tabs, but is '%s'",
          line);
      double[] numbers = new double[4];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Double.parseDouble(cells[4 + i]);
      }
      measured.put(String.join(" ", List.of(cells).subList(0, 4)), numbers);
    }
  }

  /**
   * Writes tables and pictures.
   *
   * @param args the log, the page, the folder of its pictures, a date
   */
  public static void main(String[] args) throws IOException {
    Tensors.zeros(1).close();
    Path page = Path.of(args[1]);
    String text = Files.readString(page);
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    Checks.require(from >= 0 && to > from, "%s has no place for the tables: %s", page, BEGIN);
    LongTables tables = new LongTables(Files.readAllLines(Path.of(args[0])));
    String head =
        "%s; %s; kernel of ND4J's OpenBLAS: %s.\n\n"
            .formatted(args[3], Processor.here().model(), KernelChoice.inUse());
    AtomicFile.writeText(
        page,
        text.substring(0, from) + BEGIN + "\n" + head + tables.markdown() + text.substring(to));
    for (Map.Entry<String, Curve> picture : tables.pictures().entrySet()) {
      Path file = Path.of(args[2]).resolve(picture.getKey() + ".svg");
      AtomicFile.writeText(file, ChartPicture.svg(picture.getValue()));
    }
  }

  /** A step: CPU seconds, seconds, bytes, resident bytes; a plan alone has no time. */
  private double @Nullable [] step(LongShape shape, int tokens, int recompute) {
    String name = "%s %d %d".formatted(shape.label(), tokens, recompute);
    double[] run = measured.get("step " + name);
    return run == null ? measured.get("plan " + name) : run;
  }

  private List<Integer> lengths() {
    List<Integer> lengths = new ArrayList<>();
    for (int tokens = 128; tokens <= 1 << 16; tokens *= 2) {
      for (int recompute : new int[] {0, 1}) {
        if (step(LongShape.SMOLLM2_135M, tokens, recompute) != null && !lengths.contains(tokens)) {
          lengths.add(tokens);
        }
      }
    }
    return lengths;
  }

  private static String cells(double @Nullable [] step) {
    if (step == null) {
      return " – | – | – |";
    }
    String memory = MemoryNeed.text(step[2]);
    return step[0] == 0
        ? " %s | – | – |".formatted(memory)
        : String.format(Locale.ROOT, " %s | %.1f | %.1f |", memory, step[0], step[1]);
  }

  /** The tables of lengths, of model sizes, and of threads. */
  String markdown() {
    String columns = " kept | CPU s | s | `recompute: 1` | CPU s | s |\n|---|---|---|---|---|---|";
    StringBuilder out = new StringBuilder("| tokens |" + columns + "---|\n");
    for (int tokens : lengths()) {
      out.append("| %,d |".formatted(tokens));
      out.append(cells(step(LongShape.SMOLLM2_135M, tokens, 0)));
      out.append(cells(step(LongShape.SMOLLM2_135M, tokens, 1))).append('\n');
    }
    out.append("\n| model, a text of %d tokens | weights |".formatted(SIZES_AT));
    out.append(columns).append("---|---|\n");
    for (LongShape shape : LongShape.values()) {
      if (step(shape, SIZES_AT, 0) != null || step(shape, SIZES_AT, 1) != null) {
        out.append("| shape of %s | ".formatted(shape.title()));
        out.append(MemoryNeed.text(MemoryNeed.ofWeights(shape.config()).bytes())).append(" |");
        out.append(cells(step(shape, SIZES_AT, 0)));
        out.append(cells(step(shape, SIZES_AT, 1))).append('\n');
      }
    }
    out.append("\n| workers | s per edit | CPU s per edit | tokens/s | MiB per worker |\n");
    out.append("|---|---|---|---|---|\n");
    threads()
        .forEach(
            (threads, run) ->
                out.append(
                    String.format(
                        Locale.ROOT,
                        "| %d | %.3f | %.3f | %,.0f | %.0f |%n",
                        threads,
                        run.clock() / run.edits(),
                        run.cpu() / run.edits(),
                        run.tokens() / run.clock(),
                        run.bytes() / MIB)));
    return out.toString();
  }

  /** Inner loops on some threads. */
  private record Loops(double edits, double tokens, double cpu, double clock, double bytes) {}

  private Map<Integer, Loops> threads() {
    Map<Integer, Loops> threads = new TreeMap<>();
    measured.forEach(
        (name, numbers) -> {
          String[] words = name.split(" ", -1);
          if (words[0].equals("workers")) {
            threads.put(
                Integer.valueOf(words[1]),
                new Loops(
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]),
                    numbers[0],
                    numbers[1],
                    numbers[2]));
          }
        });
    return threads;
  }

  /** The pictures by the names of their files; those without a point are left out. */
  Map<String, Curve> pictures() {
    Map<String, Curve> pictures = new LinkedHashMap<>();
    String memory = "GiB for the backward pass";
    String time = "CPU seconds";
    put(pictures, "long-texts-memory", "Memory of a step", "tokens", memory, byLength(2, GIB));
    put(pictures, "long-texts-time", "Time of a step", "tokens", time, byLength(0, 1));
    String sizes = "billion parameters";
    put(pictures, "model-sizes-memory", "Memory of a step", sizes, memory, bySize(2, GIB));
    put(pictures, "model-sizes-time", "Time of a step", sizes, time, bySize(0, 1));
    var clock = line("by the clock", run -> run.tokens() / run.clock());
    var cpu = line("of CPU time", run -> run.tokens() / run.cpu());
    put(pictures, "workers-speed", "Inner loops", "workers", "tokens/s", List.of(clock, cpu));
    var each = List.of(line("resident", run -> run.bytes() / MIB));
    put(pictures, "workers-memory", "Memory of a worker", "workers", "MiB per worker", each);
    return pictures;
  }

  private static void put(
      Map<String, Curve> into,
      String name,
      String title,
      String x,
      String y,
      List<Map.Entry<String, List<Curve.Point>>> lines) {
    List<Curve.Line> drawn = new ArrayList<>();
    for (Map.Entry<String, List<Curve.Point>> line : lines) {
      if (!line.getValue().isEmpty()) {
        drawn.add(new Curve.Line(line.getKey(), line.getValue()));
      }
    }
    if (!drawn.isEmpty()) {
      into.put(name, new Curve(title, x, y, drawn));
    }
  }

  private Map.Entry<String, List<Curve.Point>> line(String name, ToDoubleFunction<Loops> value) {
    List<Curve.Point> points = new ArrayList<>();
    threads()
        .forEach((threads, run) -> points.add(new Curve.Point(threads, value.applyAsDouble(run))));
    return Map.entry(name, points);
  }

  private List<Map.Entry<String, List<Curve.Point>>> byLength(int column, double unit) {
    List<Map.Entry<String, List<Curve.Point>>> lines = new ArrayList<>();
    for (int recompute = 0; recompute < 2; recompute++) {
      List<Curve.Point> points = new ArrayList<>();
      for (int tokens : lengths()) {
        add(points, tokens, step(LongShape.SMOLLM2_135M, tokens, recompute), column, unit);
      }
      lines.add(Map.entry(KEPT_AND_AGAIN.get(recompute), points));
    }
    return lines;
  }

  private List<Map.Entry<String, List<Curve.Point>>> bySize(int column, double unit) {
    List<Map.Entry<String, List<Curve.Point>>> lines = new ArrayList<>();
    for (int recompute = 0; recompute < 2; recompute++) {
      List<Curve.Point> points = new ArrayList<>();
      for (LongShape shape : LongShape.values()) {
        double billions = MemoryNeed.parameters(shape.config()) * 1e-9;
        add(points, billions, step(shape, SIZES_AT, recompute), column, unit);
      }
      lines.add(Map.entry(KEPT_AND_AGAIN.get(recompute), points));
    }
    return lines;
  }

  private static void add(
      List<Curve.Point> points, double x, double @Nullable [] step, int column, double unit) {
    if (step != null && step[column] > 0) {
      points.add(new Curve.Point(x, step[column] / unit));
    }
  }
}
