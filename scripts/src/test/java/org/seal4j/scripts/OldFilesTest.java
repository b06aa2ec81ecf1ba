package org.seal4j.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.Json;
import org.seal4j.data.squad.ImpossibleQuestions;
import org.seal4j.data.squad.PassageReader;
import org.seal4j.data.squad.PassageTable;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.table.TableSchema;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.LearningRow;
import org.seal4j.rl.journal.Journal;
import org.seal4j.scripts.OldFiles.Said;

/**
 * What version 0.1.0 wrote is read by the program of today, or refused with one sentence. Runs are
 * resumed in {@link OldRunsTest}.
 */
class OldFilesTest {
  private static final double SAME = 1e-3;

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recipes/arc-smoke.yaml",
        "recipes/squad-smoke.yaml",
        "arc-smoke/effective.yaml",
        "squad-smoke/effective.yaml"
      })
  @Tag("slow")
  void a_recipe_is_read_or_refused_with_one_sentence_that_names_the_new_key(String file)
      throws IOException {
    new OldRecipe(OldFiles.FOLDER.resolve(file)).requireReadOrRefused();
  }

  @Test
  void a_refusal_must_lead_from_the_former_key_to_the_new_one() {
    Set<String> former = Set.of("adapt", "adapt.rank", "data");
    Set<String> today = Set.of("inner", "inner.rank", "data");
    OldRecipe.requireNamesNewKey("the key 'adapt.rank' is now 'inner.rank'", former, today);
    for (String sentence :
        List.of(
            "unknown key 'adapt'; did you mean 'data'?",
            "missing key 'inner.rank'",
            "the key 'adapt' is now 'inner'\nthe key 'data' is as it was")) {
      assertThatThrownBy(() -> OldRecipe.requireNamesNewKey(sentence, former, today))
          .isInstanceOf(AssertionError.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"arc-smoke", "squad-smoke"})
  void the_rows_of_a_journal_are_those_that_were_written(String run) throws IOException {
    Path folder = OldFiles.FOLDER.resolve(run);
    List<String> rows = new ArrayList<>();
    Journal.readEdits(folder).forEach(row -> rows.add(line(row)));
    Journal.readLearning(folder).forEach(row -> rows.add(line(row)));
    assertThat(rows).isEqualTo(Files.readAllLines(OldFiles.FOLDER.resolve(run + "-rows.txt")));
  }

  private static String line(EditRow row) {
    return line(
        row.key().phase(),
        row.key().round(),
        row.key().contextId(),
        row.key().index(),
        row.draft().raw().length(),
        row.draft().reason().orElse("-"),
        row.outcome().reward(),
        row.outcome().training().lastLoss(),
        row.outcome().answers().size());
  }

  private static String line(LearningRow row) {
    return line("learning", row.round(), row.step(), row.loss());
  }

  private static String line(Object... fields) {
    return String.join("\t", Stream.of(fields).map(String::valueOf).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"arc-smoke", "squad-smoke"})
  @Tag("slow")
  void every_table_of_a_run_is_read_and_has_the_hash_that_the_run_noted(String run)
      throws IOException {
    for (String sum : Files.readAllLines(OldFiles.FOLDER.resolve(run).resolve("SHA256SUMS"))) {
      Path file = OldFiles.FOLDER.resolve(run).resolve(sum.substring(66));
      ArrowTable table = file.toString().endsWith("s") ? RowLog.read(file) : ArrowTable.read(file);
      assertThat(table.sha256()).as(file.toString()).isEqualTo(sum.substring(0, 64));
    }
  }

  @ParameterizedTest
  @CsvSource({"model-completion.json,", "adapter-completion.json, adapter"})
  @Tag("slow")
  void a_model_writes_the_same_tokens_with_and_without_its_adapter(String expected, String adapter)
      throws IOException {
    List<Object> line = new ArrayList<>(List.of("generate", "--temperature=0", "--max-tokens=24"));
    line.addAll(List.of("--json", "--quiet", "--model", OldFiles.FOLDER.resolve("model")));
    if (adapter != null) {
      line.addAll(List.of("--adapter", OldFiles.FOLDER.resolve(adapter)));
    }
    JsonNode then = Json.read(OldFiles.FOLDER.resolve(expected), JsonNode.class);
    line.addAll(List.of("--prompt", then.path("prompt").asText()));
    Said said = OldFiles.seal(temp, line.toArray());
    assertThat(said.exitCode()).as(said.err()).isZero();
    JsonNode now = Json.parse(said.out(), JsonNode.class, "output");
    for (String field : List.of("prompt", "text", "reason", "promptTokens", "tokens")) {
      assertThat(now.get(field)).as(field).isEqualTo(then.get(field));
    }
    assertThat(now.path("meanLogProb").asDouble())
        .isCloseTo(then.path("meanLogProb").asDouble(), within(SAME));
  }

  @Test
  void a_table_of_passages_has_the_rows_of_the_text_it_was_made_from() {
    Path table = OldFiles.FOLDER.resolve("passages.arrow");
    Path text = OldFiles.FOLDER.resolve("passages.json");
    assertThat(PassageReader.readCompleted(table, ImpossibleQuestions.REFUSE))
        .hasSize(12)
        .isEqualTo(PassageReader.readCompleted(text, ImpossibleQuestions.REFUSE));
    assertThat(OldFiles.seal(temp, "passages", table))
        .isEqualTo(OldFiles.seal(temp, "passages", text))
        .extracting(Said::exitCode)
        .isEqualTo(0);
  }

  @Test
  void a_table_of_a_later_version_is_refused_with_one_sentence() {
    TableSchema now = PassageTable.SCHEMA;
    TableSchema later = new TableSchema(now.name(), now.version() + 1, now.columns());
    Path file = temp.resolve("later.arrow");
    ArrowTable.write(file, later, List.of());
    Said said = OldFiles.seal(temp, "passages", file);
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.err())
        .isEqualToNormalizingNewlines(
            "seal: %s holds table 'passages' version %d but table 'passages' version %d was expected\n"
                .formatted(file, later.version(), now.version()));
  }

  @Test
  void a_journal_of_a_later_version_is_refused_with_one_sentence() {
    TableSchema now = Journal.EDITS;
    TableSchema later = new TableSchema(now.name(), now.version() + 1, now.columns());
    RowLog.open(temp.resolve(Journal.EDITS_FILE), later).close();
    assertThatThrownBy(() -> Journal.open(temp).close())
        .isInstanceOf(InputException.class)
        .message()
        .hasLineCount(1)
        .contains(Journal.EDITS_FILE, "version " + later.version(), "version " + now.version());
  }

  @ParameterizedTest
  @ValueSource(strings = {"header", "row"})
  @Tag("slow")
  void a_journal_with_a_flipped_byte_is_refused_with_one_sentence_and_left_alone(String part)
      throws IOException {
    OldFiles.copy("arc-smoke", temp);
    Path file = temp.resolve(Journal.EDITS_FILE);
    byte[] bytes = Files.readAllBytes(file);
    int firstRow = 8 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    int place = part.equals("row") ? firstRow : 0;
    bytes[place] ^= 0x10;
    Files.write(file, bytes);
    assertThatThrownBy(() -> Journal.open(temp).close())
        .isInstanceOf(InputException.class)
        .message()
        .hasLineCount(1)
        .contains(file.toString(), "damaged", "byte " + place);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }
}
