package org.seal4j.scripts.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.rows.TrainingRow;
import org.seal4j.data.rows.TrainingRows;
import org.seal4j.data.text.chat.TaughtTokens;
import org.seal4j.scripts.train.RowsKeys.LongRows;
import org.seal4j.scripts.tuning.Lesson;
import org.seal4j.scripts.tuning.LessonEncoder;

/**
 * The rows of one file as lessons.
 *
 * @param all in the order of the file
 * @param notes sentences on what was cut or left out
 */
record Lessons(List<Lesson> all, List<String> notes) {
  Lessons {
    all = List.copyOf(all);
    notes = List.copyOf(notes);
  }

  /**
   * Reads a file.
   *
   * @param most tokens of a row
   * @throws InputException naming file and line of a row that cannot be used
   */
  static Lessons read(Path file, LessonEncoder encoder, int most, LongRows longRows) {
    return new Reading(file, encoder, most, longRows).lessons();
  }

  /** One reading, with what it counts. */
  private static final class Reading {
    private final Path file;
    private final LessonEncoder encoder;
    private final int most;
    private final LongRows longRows;
    private final List<Lesson> lessons = new ArrayList<>();
    private int tooLong;
    private int dropped;
    private String first = "";

    Reading(Path file, LessonEncoder encoder, int most, LongRows longRows) {
      this.file = file;
      this.encoder = encoder;
      this.most = most;
      this.longRows = longRows;
    }

    Lessons lessons() {
      List<TrainingRow> rows = TrainingRows.read(file);
      for (TrainingRow row : rows) {
        add(row, tokens(row));
      }
      Checks.require(
          !lessons.isEmpty(),
          "%s: nothing to train on is left of its %s, since all have more than %,d tokens; set"
              + " data.maxTokens higher, or data.longRows to cut",
          file,
          Amount.of(rows.size(), "row"),
          most);
      return new Lessons(lessons, notes(rows.size()));
    }

    private List<String> notes(int rows) {
      List<String> notes = new ArrayList<>();
      if (tooLong > 0) {
        String fate = longRows == LongRows.CUT ? "cut there" : "left out";
        notes.add(
            "%s: %d of %s have more than %,d tokens and were %s (the first: %s)"
                .formatted(file, tooLong, Amount.of(rows, "row"), most, fate, first));
      }
      if (dropped > 0 && longRows == LongRows.CUT) {
        notes.add(
            "%s: %s left out, since nothing of an answer was left before the cut"
                .formatted(file, dropped == 1 ? "1 row was" : dropped + " rows were"));
      }
      return notes;
    }

    private TaughtTokens tokens(TrainingRow row) {
      try {
        return encoder.tokens(row);
      } catch (InputException e) {
        throw new InputException("%s: line %d: %s".formatted(file, row.line(), e.getMessage()), e);
      }
    }

    private void add(TrainingRow row, TaughtTokens tokens) {
      int length = tokens.ids().length;
      if (length <= most) {
        keep(row, tokens);
        return;
      }
      Checks.require(
          longRows != LongRows.REFUSE,
          "%s: line %d has %,d tokens, more than the %,d of data.maxTokens or of the model; shorten it,"
              + " or set data.longRows to cut or drop",
          file,
          row.line(),
          length,
          most);
      tooLong++;
      first = first.isEmpty() ? "line %d, %,d tokens".formatted(row.line(), length) : first;
      if (longRows == LongRows.CUT) {
        boolean goesOn = row instanceof TrainingRow.Plain;
        for (int from = 0; from < (goesOn ? length - 1 : 1); from += most - 1) {
          keep(row, part(tokens, from, Math.min(length, from + most)));
        }
      }
    }

    private static TaughtTokens part(TaughtTokens tokens, int from, int to) {
      return new TaughtTokens(
          Arrays.copyOfRange(tokens.ids(), from, to),
          Arrays.copyOfRange(tokens.taught(), from, to));
    }

    private void keep(TrainingRow row, TaughtTokens tokens) {
      int length = tokens.ids().length;
      float[] weights = new float[length];
      boolean any = false;
      for (int i = 1; i < length; i++) {
        weights[i] = tokens.taught()[i] ? 1 : 0;
        any |= tokens.taught()[i];
      }
      if (!any) {
        dropped++;
        return;
      }
      TokenSequence sequence = new TokenSequence(tokens.ids(), new int[length], weights);
      lessons.add(new Lesson(row.line(), sequence, asked(row, tokens)));
    }

    private Optional<Lesson.Asked> asked(TrainingRow row, TaughtTokens tokens) {
      int start = tokens.lastStart();
      if (row instanceof TrainingRow.Plain || start == 0) {
        return Optional.empty();
      }
      int end = start;
      while (end < tokens.ids().length && tokens.taught()[end]) {
        end++;
      }
      String expected =
          encoder.tokenizer().decode(Arrays.copyOfRange(tokens.ids(), start, end)).strip();
      return Optional.of(
          new Lesson.Asked(Arrays.copyOf(tokens.ids(), start), LessonEncoder.shown(row), expected));
    }
  }
}
