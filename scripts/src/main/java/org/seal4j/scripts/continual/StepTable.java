package org.seal4j.scripts.continual;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.seal4j.data.json.Json;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;

/** The rows of all sequences as a log. */
final class StepTable {
  /** Name of the log in the run folder. */
  static final String NAME = "steps";

  static final TableSchema SCHEMA =
      TableSchema.named("continual_steps", 2)
          .column("sequence", ColumnType.INT32, "Number of the sequence, from 0.")
          .column("mode", ColumnType.STRING, "What was done against forgetting.")
          .column("step", ColumnType.INT32, "Passages trained on so far; 0 is the un-edited model.")
          .column("passage_id", ColumnType.STRING, "The passage trained on last; empty at step 0.")
          .column("self_edit", ColumnType.STRING, "The text it was trained on with.")
          .column("optimizer_steps", ColumnType.INT32, "Steps of its training.")
          .column("last_loss", ColumnType.FLOAT64, "Loss of the last step, penalties included.")
          .column("scale", ColumnType.FLOAT64, "Factor of the merge; 0 if nothing was merged.")
          .column(
              "shares",
              ColumnType.STRING,
              "Share of the questions answered for each asked passage, as a JSON array.")
          .column("answers", ColumnType.STRING, "The answers, as a JSON array of arrays.")
          .nullable(
              "prior_knowledge",
              ColumnType.FLOAT64,
              "Share of the questions on facts of pretraining answered; null where not asked.")
          .build();

  private StepTable() {}

  static Row toTable(StepRow row) {
    return SCHEMA
        .row()
        .set("sequence", row.sequence())
        .set("mode", row.mode().name().toLowerCase(Locale.ROOT))
        .set("step", row.step())
        .set("passage_id", row.passageId())
        .set("self_edit", row.selfEdit())
        .set("optimizer_steps", row.steps())
        .set("last_loss", row.lastLoss())
        .set("scale", row.scale())
        .set("shares", Json.line(row.shares()))
        .set("answers", Json.line(row.answers()))
        .set(
            "prior_knowledge",
            row.priorKnowledge().isPresent() ? row.priorKnowledge().getAsDouble() : null)
        .build();
  }

  static StepRow fromTable(Row row) {
    String[][] answers = Json.parse(row.string("answers"), String[][].class, "column answers");
    return new StepRow(
        row.int32("sequence"),
        Mode.valueOf(row.string("mode").toUpperCase(Locale.ROOT)),
        row.int32("step"),
        row.string("passage_id"),
        row.string("self_edit"),
        row.int32("optimizer_steps"),
        row.float64("last_loss"),
        row.float64("scale"),
        List.of(Json.parse(row.string("shares"), Double[].class, "column shares")),
        Arrays.stream(answers).map(List::of).toList(),
        row.isNull("prior_knowledge")
            ? OptionalDouble.empty()
            : OptionalDouble.of(row.float64("prior_knowledge")));
  }
}
