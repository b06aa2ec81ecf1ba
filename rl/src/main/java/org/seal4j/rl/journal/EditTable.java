package org.seal4j.rl.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.Outcome;

/** Evaluated edits as a table. */
final class EditTable {
  static final TableSchema SCHEMA =
      TableSchema.named("edits", 2)
          .column(
              "phase",
              ColumnType.STRING,
              "Where in the run: train, baseline, or the name of an evaluation.")
          .column(
              "round",
              ColumnType.INT32,
              "Number of the round, from 1; in an evaluation the rounds learned from so far.")
          .column("context_id", ColumnType.STRING, "Id of the task or passage.")
          .column("family", ColumnType.STRING, "What groups contexts.")
          .column("edit_index", ColumnType.INT32, "Which of the context's edits, from 0.")
          .column("seed", ColumnType.INT64, "Seed node that sampling and evaluation draw from.")
          .nullable(
              "raw",
              ColumnType.STRING,
              "The policy's last answer as written; null if no policy wrote the edit.")
          .nullable(
              "edit",
              ColumnType.STRING,
              "Canonical text of the edit; null if invalid or if the model was scored without one.")
          .nullable("reason", ColumnType.STRING, "Why the answer is no edit; null if it is one.")
          .nullable("problem", ColumnType.STRING, "The reason as a sentence.")
          .column(
              "attempts",
              ColumnType.INT32,
              "Answers drawn from the policy, all but the last invalid; 0 if it wrote nothing.")
          .nullable(
              "log_probability",
              ColumnType.FLOAT64,
              "Natural logarithm of the last answer's probability under the policy.")
          .column(
              "reward",
              ColumnType.FLOAT64,
              "From 0 to 1; for a grid task 1 if one of two attempts is right (pass@2), else 0.")
          .column(
              "first_reward", ColumnType.FLOAT64, "The reward of the first attempt alone (pass@1).")
          .column(
              "nll",
              ColumnType.FLOAT64,
              "Mean negative log-likelihood of the truth per token in nats; infinite if none.")
          .column("steps", ColumnType.INT64, "Optimizer steps of the inner loop.")
          .nullable(
              "first_loss", ColumnType.FLOAT64, "Training loss of the inner loop's first step.")
          .nullable("last_loss", ColumnType.FLOAT64, "Training loss of the inner loop's last step.")
          .column("truth", ColumnType.STRING, "The expected answer; empty for an invalid edit.")
          .column(
              "answers",
              ColumnType.STRING,
              "The produced answers as a JSON array: attempts at a grid, best first, or one per"
                  + " question.")
          .column(
              "trials",
              ColumnType.STRING,
              "Reward of each independent repetition as a JSON array; their mean is the reward. Empty"
                  + " where the training ended early because other edits were better.")
          .build();

  private static final ObjectMapper JSON = new ObjectMapper();

  private EditTable() {}

  static Row toTable(EditRow edit) {
    EditRow.Key key = edit.key();
    EditRow.Draft draft = edit.draft();
    Outcome outcome = edit.outcome();
    Outcome.Training training = outcome.training();
    boolean sampled = draft.attempts() > 0;
    boolean trained = training.steps() > 0;
    return SCHEMA
        .row()
        .set("phase", key.phase())
        .set("round", key.round())
        .set("context_id", key.contextId())
        .set("family", key.family())
        .set("edit_index", key.index())
        .set("seed", key.seed())
        .set("raw", sampled ? draft.raw() : null)
        .set("edit", draft.edit().orElse(null))
        .set("reason", draft.reason().orElse(null))
        .set("problem", draft.reason().isPresent() ? draft.problem() : null)
        .set("attempts", draft.attempts())
        .set("log_probability", sampled ? draft.logProbability() : null)
        .set("reward", outcome.reward())
        .set("first_reward", outcome.firstReward())
        .set("nll", outcome.negLogLikelihood())
        .set("steps", training.steps())
        .set("first_loss", trained ? training.firstLoss() : null)
        .set("last_loss", trained ? training.lastLoss() : null)
        .set("truth", outcome.truth())
        .set("answers", written(outcome.answers()))
        .set("trials", written(outcome.trials()))
        .build();
  }

  static EditRow fromTable(Row row) {
    EditRow.Key key =
        new EditRow.Key(
            row.string("phase"),
            row.int32("round"),
            row.string("context_id"),
            row.string("family"),
            row.int32("edit_index"),
            row.int64("seed"));
    EditRow.Draft draft =
        new EditRow.Draft(
            text(row, "raw").orElse(""),
            text(row, "edit"),
            text(row, "reason"),
            text(row, "problem").orElse(""),
            row.int32("attempts"),
            number(row, "log_probability"));
    Outcome outcome =
        new Outcome(
            row.float64("reward"),
            row.float64("first_reward"),
            row.float64("nll"),
            new Outcome.Training(
                row.int64("steps"), number(row, "first_loss"), number(row, "last_loss")),
            row.string("truth"),
            read("answers", row, String[].class),
            read("trials", row, Double[].class));
    return new EditRow(key, draft, outcome);
  }

  private static Optional<String> text(Row row, String column) {
    return row.isNull(column) ? Optional.empty() : Optional.of(row.string(column));
  }

  private static double number(Row row, String column) {
    return row.isNull(column) ? Double.NaN : row.float64(column);
  }

  private static String written(List<?> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of texts or numbers always has a JSON form", e);
    }
  }

  private static <T> List<T> read(String column, Row row, Class<T[]> type) {
    String text = row.string(column);
    T @Nullable [] values;
    try {
      values = JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      values = null;
    }
    if (values == null) {
      throw Checks.refuse(
          "the edits table has the %s '%s', which is no JSON array of %s",
          column, text, type.getComponentType() == String.class ? "texts" : "numbers");
    }
    return List.of(values);
  }
}
