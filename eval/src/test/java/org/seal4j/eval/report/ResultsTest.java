package org.seal4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Interval;
import org.seal4j.eval.stats.Proportion;

class ResultsTest {

  @Test
  void the_console_table_is_aligned() {
    List<String> lines = ConsoleTable.lines(SampleReport.results());
    assertThat(lines)
        .containsExactly(
            "condition                         share       n   95 % interval   0        50      100%",
            "in-context                        4.2 %      48     1.2 –  14.0   -*--.................",
            "uniform-random configurations    16.7 %      96    10.5 –  25.4   ..-*--...............",
            "self-edits without RL            17.7 %      96    11.4 –  26.5   ..--*-...............",
            "round 1                          36.5 %      96    27.5 –  46.4   ......-*--...........",
            "round 2                          45.8 %      96    36.2 –  55.8   .......--*--.........",
            "fixed good configuration         68.8 %      48    54.7 –  80.1   ...........---*--....",
            "",
            "round 2 − self-edits without RL: +28.1 points, 95 % interval +17.7 to +38.5,"
                + " paired over 48 tasks; a gain.",
            "round 2 − round 1: +9.4 points, 95 % interval −2.1 to +21.9,"
                + " paired over 48 tasks; zero is not excluded.");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 100})
  void the_table_fits_a_screen_of_so_many_columns_and_loses_no_figure(int columns) {
    List<String> lines = ConsoleTable.lines(SampleReport.results(), columns);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
    String words = String.join(" ", lines).replaceAll("\\s+", " ");
    assertThat(words).contains("36.2 – 55.8", "17.7 %", "interval +17.7 to +38.5", "a gain.");
    assertThat(words.contains("50 100%")).isEqualTo(columns >= 80);
  }

  @Test
  void the_headline_is_before_after_and_their_difference_or_the_first_rows() {
    assertThat(SampleReport.results().headline())
        .containsExactly(
            "self-edits without RL 17.7 %",
            "round 2 45.8 %", "difference +28.1 points [+17.7, +38.5], a gain");
    Condition one = Condition.of("one", new Proportion(1, 4));
    assertThat(new Results("pairs", List.of(one), List.of()).headline())
        .containsExactly("one 25.0 %");
  }

  @Test
  void a_text_is_broken_at_blanks_and_a_long_word_stays_whole() {
    assertThat(WrappedText.lines("one two three", 8, 2)).containsExactly("one two", "  three");
    assertThat(WrappedText.lines("runs/a-very-long-path x", 8, 0))
        .containsExactly("runs/a-very-long-path", "x");
    assertThat(WrappedText.lines("", 8, 2)).containsExactly("");
  }

  @Test
  void the_strip_holds_the_ends_of_the_scale() {
    Condition none = Condition.of("none", new Proportion(0, 1000));
    Condition all = Condition.of("all", new Proportion(1000, 1000));
    List<String> lines = ConsoleTable.lines(new Results("pairs", List.of(none, all), List.of()));
    assertThat(lines.get(1)).endsWith("*....................");
    assertThat(lines.get(2)).endsWith("....................*").contains("100.0 %");
  }

  @Test
  void the_summary_says_the_same_to_machines(@TempDir Path folder) throws Exception {
    Results results = SampleReport.results();
    Path file = folder.resolve("summary.json");
    SummaryJson.write("arc-quick", results, Map.of(), file);
    String text = Files.readString(file);
    assertThat(text).endsWith("}\n").doesNotContain("\r");
    JsonNode json = new ObjectMapper().readTree(text);
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("title", "metric", "conditions", "comparisons", "proof");
    for (int i = 0; i < results.conditions().size(); i++) {
      Condition condition = results.conditions().get(i);
      JsonNode row = json.get("conditions").get(i);
      assertThat(row.fieldNames())
          .toIterable()
          .containsExactly("name", "estimate", "n", "interval");
      assertThat(row.get("estimate").asDouble()).isEqualTo(condition.value());
      assertThat(row.get("n").asInt()).isEqualTo(condition.n());
      assertThat(row.get("interval").get("low").asDouble()).isEqualTo(condition.interval().low());
      assertThat(row.get("interval").get("high").asDouble()).isEqualTo(condition.interval().high());
    }
    JsonNode first = json.get("comparisons").get(0);
    assertThat(first.get("after").asText()).isEqualTo("round 2");
    assertThat(first.get("before").asText()).isEqualTo("self-edits without RL");
    assertThat(first.get("difference").asDouble()).isEqualTo(0.281);
    assertThat(first.get("interval").get("low").asDouble()).isEqualTo(0.177);
    ((ObjectNode) json).remove("proof");
    assertThat(new ObjectMapper().readTree(SummaryJson.json("arc-quick", results, Map.of())))
        .isEqualTo(json);
  }

  @Test
  void gates_are_told_to_people_and_machines_whether_passed_or_missed() throws Exception {
    Results results =
        SampleReport.results()
            .withGates(
                List.of(
                    new Gate("factual accuracy", 0.452, 1812, 0.9),
                    new Gate("solved by the fixed configuration", 0.9, 24, 0.9),
                    new Gate("nothing counted", 0, 0, 0)));
    assertThat(ConsoleTable.lines(results))
        .endsWith(
            "gate: factual accuracy 45.2 % of 1,812, at least 90.0 %: missed.",
            "gate: solved by the fixed configuration 90.0 % of 24, at least 90.0 %: passed.",
            "gate: nothing counted 0.0 % of 0, at least 0.0 %: missed.");
    JsonNode gates =
        new ObjectMapper().readTree(SummaryJson.json("t", results, Map.of())).get("gates");
    assertThat(gates).hasSize(3);
    assertThat(gates.get(0).fieldNames())
        .toIterable()
        .containsExactly("name", "value", "n", "least", "passed");
    assertThat(gates.get(0).get("value").asDouble()).isEqualTo(0.452);
    assertThat(gates.get(0).get("passed").asBoolean()).isFalse();
    assertThat(gates.get(1).get("passed").asBoolean()).isTrue();
    assertThatThrownBy(() -> new Gate("g", 1.5, 2, 0.9)).isInstanceOf(InputException.class);
  }

  @Test
  void figures_are_written_by_name_and_only_where_there_are_any() throws Exception {
    Results results = SampleReport.results();
    Figure seconds = new Figure(12.5, "s", Optional.empty(), 3);
    Figure score = new Figure(0.25, "", Optional.of(new Interval(0.2, 0.3)), 40);
    String text = SummaryJson.json("t", results, Map.of("gpu time", seconds, "bench", score));
    assertThat(text)
        .startsWith(SummaryJson.json("t", results, Map.of()).replaceFirst("\n}\n$", ",\n"));
    JsonNode figures = new ObjectMapper().readTree(text).get("figures");
    assertThat(figures.fieldNames()).toIterable().containsExactly("bench", "gpu time");
    assertThat(figures.get("gpu time").toString())
        .isEqualTo("{\"value\":12.5,\"unit\":\"s\",\"n\":3}");
    assertThat(figures.get("bench").get("interval").toString())
        .isEqualTo("{\"low\":0.2,\"high\":0.3}");
    assertThatThrownBy(() -> new Figure(Double.NaN, "", Optional.empty(), 1))
        .isInstanceOf(InputException.class);
  }

  @Test
  void a_loss_is_called_a_loss() {
    Estimate loss = new Estimate(-0.1, 0.02, new Interval(-0.14, -0.06), 1);
    assertThat(new Comparison("b", "a", loss).sentence())
        .isEqualTo("b − a: −10.0 points, 95 % interval −14.0 to −6.0, paired over 1 task; a loss.");
  }

  @Test
  void kinds_of_tasks_decide_whether_a_difference_is_a_gain() {
    Estimate gain = new Estimate(0.1, 0.02, new Interval(0.06, 0.14), 60);
    Comparison unsure =
        new Comparison("b", "a", gain).over(new Comparison.ByKinds(6, new Interval(-0.02, 0.22)));
    assertThat(unsure.sentence())
        .isEqualTo(
            "b − a: +10.0 points, 95 % interval +6.0 to +14.0, paired over 60 tasks,"
                + " −2.0 to +22.0 over 6 kinds; zero is not excluded.");
    assertThat(unsure.shortly())
        .isEqualTo("difference +10.0 points [−2.0, +22.0], zero is not excluded");
    assertThat(unsure.overKinds()).isEqualTo(", −2.0 to +22.0 over 6 kinds");
    Condition b = Condition.of("b", new Proportion(30, 60));
    Condition a = Condition.of("a", new Proportion(24, 60));
    assertThat(SummaryJson.json("t", new Results("m", List.of(b, a), List.of(unsure)), Map.of()))
        .contains("\"kinds\" : 6,", "\"by_kinds\" : {");
  }

  @Test
  void tables_that_contradict_themselves_are_refused() {
    Condition a = Condition.of("a", new Proportion(1, 2));
    Estimate none = new Estimate(0, 0, new Interval(0, 0), 1);
    assertThatThrownBy(() -> new Results("m", List.of(a, a), List.of()))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(
            () -> new Results("m", List.of(a), List.of(new Comparison("a", "missing", none))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("missing");
    assertThatThrownBy(() -> new Condition("a", 0.5, 10, new Interval(0.6, 0.7)))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> new Results("m", List.of(), List.of()))
        .isInstanceOf(InputException.class);
  }
}
