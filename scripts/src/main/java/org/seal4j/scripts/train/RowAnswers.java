package org.seal4j.scripts.train;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.TableSchema;
import org.seal4j.eval.report.Section;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Worker;
import org.seal4j.scripts.tuning.Lesson;
import org.seal4j.scripts.tuning.LessonEncoder;

/**
 * A few rows as a model answers them, the most likely token at each place.
 *
 * @param rows what is asked
 * @param tokens most tokens of an answer
 * @param encoder of the model
 * @param ends ids that end an answer
 */
record RowAnswers(List<Lesson> rows, int tokens, LessonEncoder encoder, List<Integer> ends) {
  static final TableSchema SCHEMA =
      TableSchema.named("training_answers", 1)
          .column("line", ColumnType.INT32, "Line of the row in its file, from 1.")
          .column("prompt", ColumnType.STRING, "What was asked last.")
          .column("expected", ColumnType.STRING, "The answer of the row.")
          .column("before", ColumnType.STRING, "The answer of the model before the training.")
          .column("after", ColumnType.STRING, "The answer of the trained model.")
          .build();

  /** The first rows that can be asked and leave room for an answer. */
  static RowAnswers of(
      List<Lesson> measured,
      TrainKeys.Samples samples,
      LessonEncoder encoder,
      List<Integer> ends,
      int context) {
    int room = context - samples.tokens();
    List<Lesson> rows =
        measured.stream()
            .filter(row -> row.asked().stream().anyMatch(a -> a.prompt().length <= room))
            .limit(samples.rows())
            .toList();
    return new RowAnswers(rows, samples.tokens(), encoder, ends);
  }

  /** The answers of this model by this engine, one a row. */
  List<String> of(Weights weights, LinearBank bank, Engine engine) {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<Prompt> prompts =
        rows.stream().map(row -> prompt(row.asked().orElseThrow().prompt())).toList();
    StopRule stop = StopRule.after(tokens).orAt(encoder.ends(ends));
    try (Worker worker = new Worker(engine);
        Generator generator = new Generator(weights, bank, worker, GeneratorOptions.defaults())) {
      return generator.generate(prompts, new GenerationConfig(Sampling.mostLikely(), stop)).stream()
          .map(made -> encoder.tokenizer().decode(made.tokens()).strip())
          .toList();
    }
  }

  private static Prompt prompt(int[] ids) {
    TokenSequence sequence = new TokenSequence(ids, new int[ids.length], new float[ids.length]);
    return Prompt.of(sequence, Seeds.of(0)); // nothing is drawn
  }

  /** What stands in the table of the run. */
  List<Row> table(List<String> before, List<String> after) {
    List<Row> table = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Lesson.Asked asked = rows.get(i).asked().orElseThrow();
      table.add(
          SCHEMA
              .row()
              .set("line", rows.get(i).line())
              .set("prompt", asked.shown())
              .set("expected", asked.expected())
              .set("before", before.get(i))
              .set("after", after.get(i))
              .build());
    }
    return table;
  }

  /** The section of the page. */
  static Section section(String heading, List<Row> table) {
    return Section.of(
        heading,
        html ->
            table.forEach(
                row -> {
                  html.open("article", "class", "card passage");
                  html.leaf("h3", "line " + row.int32("line"));
                  html.leaf("p", row.string("prompt"), "class", "context");
                  html.note("expected: " + row.string("expected"));
                  html.open("div", "class", "row");
                  for (String column : List.of("before", "after")) {
                    html.open("div", "class", "written").leaf("h4", column);
                    html.leaf("pre", row.string(column)).closeLine();
                  }
                  html.close().closeLine();
                }));
  }
}
