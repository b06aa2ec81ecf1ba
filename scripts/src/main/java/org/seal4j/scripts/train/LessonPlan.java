package org.seal4j.scripts.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.model.train.BatchSource;
import org.seal4j.scripts.tuning.Lesson;
import org.seal4j.scripts.tuning.LessonEncoder;

/**
 * Which rows are trained on, and which are measured.
 *
 * @param trained in the order of the file
 * @param measured in the order of their file
 * @param heldOut whether the measured ones are not trained on
 * @param notes sentences on what was cut, left out, or is in both
 */
record LessonPlan(
    List<Lesson> trained, List<Lesson> measured, boolean heldOut, List<String> notes) {
  /** Measured where nothing is held out: enough to see that the training works. */
  private static final int SEEN = 50;

  static final TableSchema SCHEMA =
      TableSchema.named("training_rows", 1)
          .column("use", ColumnType.STRING, "What the row is for: training, or measured.")
          .column("line", ColumnType.INT32, "Its line in its file, from 1.")
          .column("tokens", ColumnType.INT32, "Tokens of the row.")
          .column("taught", ColumnType.INT32, "Tokens of it that count in the loss.")
          .build();

  LessonPlan {
    trained = List.copyOf(trained);
    measured = List.copyOf(measured);
    notes = List.copyOf(notes);
  }

  /**
   * Reads the files of a recipe and splits them.
   *
   * @param context most tokens that the model reads
   */
  static LessonPlan of(RowsKeys keys, LessonEncoder encoder, int context, Seeds seeds) {
    Integer asked = keys.maxTokens();
    int most = asked == null ? context : Math.min(asked, context);
    Lessons rows = Lessons.read(keys.required(), encoder, most, keys.longRows());
    List<String> notes = new ArrayList<>(rows.notes());
    Path file = keys.validation();
    if (file != null) {
      Lessons validation = Lessons.read(file, encoder, most, keys.longRows());
      notes.addAll(validation.notes());
      List<Lesson> measured = some(validation.all(), keys.validationRows(), seeds);
      int common = common(rows.all(), measured);
      if (common > 0) {
        notes.add(
            "%d of %s to validate with are trained on as well; their loss says little"
                .formatted(common, Amount.of(measured.size(), "row")));
      }
      return new LessonPlan(rows.all(), measured, true, notes);
    }
    if (keys.validationSplit() == 0) {
      Integer limit = keys.validationRows();
      List<Lesson> seen = some(rows.all(), limit == null ? SEEN : Math.min(limit, SEEN), seeds);
      notes.add("no rows are held out; the loss is that of rows which are trained on");
      return new LessonPlan(rows.all(), seen, false, notes);
    }
    return split(keys, rows, notes, seeds);
  }

  private static LessonPlan split(RowsKeys keys, Lessons rows, List<String> notes, Seeds seeds) {
    int[] lines = rows.all().stream().mapToInt(Lesson::line).distinct().toArray();
    Checks.require(
        lines.length >= 2,
        "%s has one row that can be used, so none can be held out; add rows, name others with"
            + " --validation FILE, or set data.validationSplit to 0",
        keys.required());
    int wanted = (int) Math.round(keys.validationSplit() * lines.length);
    Integer limit = keys.validationRows();
    int count =
        Math.max(1, Math.min(lines.length - 1, limit == null ? wanted : Math.min(wanted, limit)));
    int[] order = seeds.child("validation").rng().permutation(lines.length);
    Set<Integer> held = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      held.add(lines[order[i]]);
    }
    List<Lesson> trained = rows.all().stream().filter(l -> !held.contains(l.line())).toList();
    List<Lesson> measured = rows.all().stream().filter(l -> held.contains(l.line())).toList();
    int common = common(trained, measured);
    if (common > 0) {
      notes.add(
          "%d of %s held out stand among those that are trained on as well; their loss says little"
              .formatted(common, Amount.of(measured.size(), "row")));
    }
    return new LessonPlan(trained, measured, true, notes);
  }

  /** At most so many of them, drawn by the seed, in their order. */
  private static List<Lesson> some(List<Lesson> all, @Nullable Integer most, Seeds seeds) {
    if (most == null || all.size() <= most) {
      return all;
    }
    int[] chosen = Arrays.copyOf(seeds.child("validation").rng().permutation(all.size()), most);
    Arrays.sort(chosen);
    return Arrays.stream(chosen).mapToObj(all::get).toList();
  }

  private static int common(List<Lesson> trained, List<Lesson> measured) {
    Set<String> known = new HashSet<>();
    trained.forEach(lesson -> known.add(Arrays.toString(lesson.tokens().ids())));
    return (int)
        measured.stream()
            .filter(lesson -> known.contains(Arrays.toString(lesson.tokens().ids())))
            .count();
  }

  /** What the measured rows are called. */
  String measuredLabel() {
    return heldOut ? "held-out" : "training";
  }

  /** The batches: shuffled passes over the trained rows, one after another. */
  BatchSource batches(int size, Seeds seeds) {
    int rows = trained.size();
    return step -> {
      List<TokenSequence> batch = new ArrayList<>();
      long pass = -1;
      int[] order = new int[0];
      for (int i = 0; i < size; i++) {
        long at = step * size + i;
        if (at / rows != pass) {
          pass = at / rows;
          order = seeds.child("pass", pass).rng().permutation(rows);
        }
        batch.add(trained.get(order[(int) (at % rows)]).tokens());
      }
      return batch;
    };
  }

  /** What stands in the table of the run. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    trained.forEach(lesson -> rows.add(row("training", lesson)));
    measured.forEach(lesson -> rows.add(row("measured", lesson)));
    return rows;
  }

  private static Row row(String use, Lesson lesson) {
    return SCHEMA
        .row()
        .set("use", use)
        .set("line", lesson.line())
        .set("tokens", lesson.tokens().length())
        .set("taught", lesson.taught())
        .build();
  }

  /** In numbers, for a person. */
  String sentence() {
    return "%s for training, %,d tokens, %,d of them taught; %s %s"
        .formatted(
            Amount.of(trained.size(), "row"),
            trained.stream().mapToLong(lesson -> lesson.tokens().length()).sum(),
            trained.stream().mapToLong(Lesson::taught).sum(),
            Amount.of(measured.size(), "row"),
            heldOut ? "held out" : "of them measured");
  }
}
