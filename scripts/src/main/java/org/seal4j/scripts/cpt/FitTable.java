package org.seal4j.scripts.cpt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seal4j.data.json.Json;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.rl.Grade;

/** The trained models as a log, one row each: what a killed run is resumed from. */
final class FitTable {
  /** Name of the log in the run folder. */
  static final String NAME = "fits";

  static final TableSchema SCHEMA =
      TableSchema.named("cpt_fits", 2)
          .nullable("method", ColumnType.STRING, "What was trained; null for the base model.")
          .nullable("texts", ColumnType.STRING, "What it was trained on; null for the base model.")
          .column("distinct_texts", ColumnType.INT32, "Number of texts it was trained on.")
          .column("losses", ColumnType.STRING, "Loss of each optimizer step, as a JSON array.")
          .column(
              "shares",
              ColumnType.STRING,
              "Share of the questions answered for each passage, as a JSON array.")
          .column("answers", ColumnType.STRING, "The answers, as a JSON array of arrays.")
          .column(
              "prior_knowledge",
              ColumnType.FLOAT64,
              "Share of the questions on facts of pretraining answered.")
          .column("prior_answers", ColumnType.STRING, "Those answers, as a JSON array.")
          .build();

  private FitTable() {}

  static Row toTable(Fit fit) {
    return SCHEMA
        .row()
        .set("method", fit.arm().map(arm -> lower(arm.method())).orElse(null))
        .set("texts", fit.arm().map(arm -> lower(arm.texts())).orElse(null))
        .set("distinct_texts", fit.texts())
        .set("losses", Json.line(fit.losses()))
        .set("shares", Json.line(fit.answered().stream().map(Grade::reward).toList()))
        .set("answers", Json.line(fit.answered().stream().map(Grade::answers).toList()))
        .set("prior_knowledge", fit.priorKnowledge().reward())
        .set("prior_answers", Json.line(fit.priorKnowledge().answers()))
        .build();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static Fit fromTable(Row row) {
    Double[] shares = parse(row, "shares", Double[].class);
    String[][] answers = parse(row, "answers", String[][].class);
    List<Grade> answered = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      answered.add(new Grade(shares[i], List.of(answers[i])));
    }
    Optional<Fit.Arm> arm =
        row.isNull("method")
            ? Optional.empty()
            : Optional.of(
                new Fit.Arm(
                    Method.valueOf(row.string("method").toUpperCase(Locale.ROOT)),
                    Texts.valueOf(row.string("texts").toUpperCase(Locale.ROOT))));
    return new Fit(
        arm,
        row.int32("distinct_texts"),
        Arrays.asList(parse(row, "losses", Double[].class)),
        answered,
        new Grade(
            row.float64("prior_knowledge"), List.of(parse(row, "prior_answers", String[].class))));
  }

  private static <T> T parse(Row row, String column, Class<T> type) {
    return Json.parse(row.string(column), type, "column " + column);
  }
}
