package org.seal4j.scripts.solve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.Json;
import org.seal4j.data.json.ProvenJson;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.SmallForm;
import org.seal4j.scripts.arc.ArcExperiment;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Checksums;
import org.seal4j.scripts.run.Experiments;

/**
 * The commands {@code solve} and {@code models} on a run of seconds, which nobody expects right.
 */
@Tag("slow")
class SolveCommandTest {
  private static final String OPEN =
      """
      {"train": [{"input": [[1, 0], [0, 0]], "output": [[0, 1], [0, 0]]},
                 {"input": [[0, 0], [2, 0]], "output": [[0, 0], [0, 2]]},
                 {"input": [[3, 0], [3, 0]], "output": [[0, 3], [0, 3]]}],
       "test": [{"input": [[4, 0], [0, 0]]},
                {"input": [[0, 0], [5, 0]], "output": [[0, 0], [0, 5]]}]}
      """;
  private static final String WIDE =
      OPEN.replace("[[4, 0], [0, 0]]", "[[4, 0, 0, 0]]")
          .replace("[[0, 0], [5, 0]]", "[[5, 0, 0, 0]]");

  @TempDir static Path temp;
  private static Path run;

  private record Said(int code, String out, String err) {}

  private static Said seal(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.add(arg.toString());
    }
    int code =
        new Seal(
                new Experiments(List.of(new ArcExperiment())),
                Optional.of(temp.resolve("home")),
                (again, environment) -> 99)
            .run(words, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Said(code, out.toString(), err.toString());
  }

  @BeforeAll
  static void make_a_model() throws IOException {
    RecipeHome.at(temp.resolve("home"), "arc-quick", "arc-smoke");
    run = temp.resolve("runs/small");
    List<Object> words = new ArrayList<>(List.of("run", "arc-smoke", "--quiet", "--out", run));
    words.addAll(SmallForm.options("arc-smoke"));
    words.addAll(List.of("--set", "pretrain.steps=250")); // so that its answers are grids
    Said said = seal(words.toArray());
    assertThat(said.code()).as(said.err()).isZero();
    Files.writeString(temp.resolve("mine.json"), OPEN);
    Files.writeString(temp.resolve("wide.json"), WIDE);
  }

  private static Path copyOfRun(String name) throws IOException {
    Path copy = temp.resolve(name);
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.toList()) {
        Files.createDirectories(copy.resolve(run.relativize(file).toString()).getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, copy.resolve(run.relativize(file).toString()));
        }
      }
    }
    return copy;
  }

  /** The tasks of what was written, without times. */
  private static JsonNode tasks(Path folder) {
    JsonNode written = ProvenJson.read(folder.resolve("attempts.json"), JsonNode.class);
    written.get("tasks").forEach(task -> ((ObjectNode) task).remove("cpuSeconds"));
    return written.get("tasks");
  }

  @Test
  void attempts_are_written_as_json_as_a_page_and_in_the_layout_of_kaggle() throws IOException {
    Path out = temp.resolve("solved");
    Path submission = temp.resolve("submission.json");
    Said said =
        seal(
            "solve",
            temp.resolve("mine.json"),
            "--model",
            run,
            "--out",
            out,
            "--submission",
            submission);
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out())
        .contains("mine, test 1: ", "mine, test 2: ", "policy: basic ", "page:     ");
    JsonNode task = tasks(out).get(0);
    assertThat(task.at("/tests/0/solved").isNull()).isTrue();
    assertThat(task.at("/tests/1/solved").isBoolean()).isTrue();
    assertThat(task.at("/edits/0/choices")).hasSize(7);
    assertThat(Files.readString(out.resolve("solved.html"))).contains("mine", "Demonstrations");
    JsonNode made = Json.read(submission, JsonNode.class);
    assertThat(made.fieldNames()).toIterable().containsExactly("mine");
    assertThat(made.get("mine")).hasSize(2);
    for (JsonNode entry : made.get("mine")) {
      assertThat(entry.fieldNames()).toIterable().containsExactly("attempt_1", "attempt_2");
      assertThat(entry.at("/attempt_1/0/0").isInt()).isTrue();
    }
    assertThat(made.at("/mine/0/attempt_1")).isEqualTo(task.at("/tests/0/attempts/0/grid"));
    assertThat(seal("solve", temp.resolve("mine.json"), "--model", run, "--out", out))
        .satisfies(again -> assertThat(again.code()).isEqualTo(2))
        .satisfies(again -> assertThat(again.err()).contains("is not an empty folder"));
    assertThat(
            seal(
                "solve",
                temp.resolve("mine.json"),
                "--model",
                run,
                "--out",
                temp.resolve("other"),
                "--submission",
                submission))
        .satisfies(again -> assertThat(again.code()).isEqualTo(2))
        .satisfies(again -> assertThat(again.err()).contains("which exists"));
    assertThat(temp.resolve("other")).doesNotExist();
  }

  @Test
  void a_model_that_was_moved_gives_the_same_attempts_on_another_number_of_workers()
      throws IOException {
    Path copy = copyOfRun("to-move");
    Path moved = Files.move(copy.resolve("model"), temp.resolve("moved"));
    Path mine = temp.resolve("mine.json");
    Path one = temp.resolve("one");
    Path two = temp.resolve("two");
    assertThat(
            seal("solve", mine, "--model", run, "--out", one, "--workers", 1, "--edits", 2).code())
        .isZero();
    Said said =
        seal("solve", mine, "--model", moved, "--out", two, "--workers", 2, "--edits", 2, "--json");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(tasks(two)).isEqualTo(tasks(one));
    assertThat(said.out()).isEqualTo(Files.readString(two.resolve("attempts.json")));
    assertThat(seal("solve", mine, "--model", copy).err()).contains("keeps no model");
  }

  @Test
  void a_task_that_does_not_fit_has_an_entry_and_is_named_with_the_reason() throws IOException {
    Path out = temp.resolve("misfits");
    Path submission = temp.resolve("misfits.json");
    Said said =
        seal(
            "solve",
            temp.resolve("wide.json"),
            temp.resolve("mine.json"),
            "--model",
            run,
            "--out",
            out,
            "--submission",
            submission,
            "--quiet",
            "--attempts",
            1);
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.err())
        .contains("seal: no attempt at test 1 of task wide: the test input is larger than 3 x 3");
    assertThat(tasks(out).at("/0/tests/0/reason").asText()).contains("larger than 3 x 3");
    assertThat(Files.readString(submission))
        .startsWith("{\"wide\":[{\"attempt_1\":[[0]],\"attempt_2\":[[0]]},");
    Said alone =
        seal("solve", temp.resolve("wide.json"), "--model", run, "--out", temp.resolve("none"));
    assertThat(alone.code()).isEqualTo(2);
    assertThat(temp.resolve("none/attempts.json")).exists();
  }

  @Test
  void a_submission_that_cannot_be_written_is_refused_before_the_work() throws IOException {
    Path mine = temp.resolve("mine.json");
    Path out = Files.createDirectories(temp.resolve("clash"));
    for (Path taken : List.of(out.resolve("attempts.json"), out.resolve("solved.html"))) {
      Said said = seal("solve", mine, "--model", run, "--out", out, "--submission", taken);
      assertThat(said.code()).isEqualTo(2);
      assertThat(said.err()).contains("which --out (" + out + ") needs itself");
    }
    Path fresh = temp.resolve("fresh");
    assertThat(seal("solve", mine, "--model", run, "--out", fresh, "--submission", fresh).err())
        .contains("needs itself");
    Path inside = fresh.resolve("inside");
    assertThat(seal("solve", mine, "--model", run, "--out", inside, "--submission", fresh).err())
        .contains("needs itself");
    Path endless = temp.resolve("l".repeat(300));
    Said said = seal("solve", mine, "--model", run, "--out", fresh, "--submission", endless);
    assertThat(said.err()).contains("cannot write " + endless);
    assertThat(said.out()).isEmpty();
    assertThat(fresh).doesNotExist();
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void a_name_of_two_lines_is_shown_on_one() throws IOException {
    Path file = temp.resolve("evil.json");
    Files.writeString(file, "{\"<script>a\\nb\": " + OPEN + "}");
    Path out = temp.resolve("evil");
    Said said = seal("solve", file, "--model", run, "--out", out, "--steps", 0, "--quiet");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out()).contains("<script>a\\nb, test 1: ");
    assertThat(Files.readString(out.resolve("solved.html")))
        .contains("&lt;script&gt;a")
        .doesNotContain("<script>a");
    assertThat(tasks(out).at("/0/id").asText()).isEqualTo("<script>a\nb");
  }

  @Test
  void the_model_of_a_run_is_proven_with_it() throws IOException {
    assertThat(Checksums.read(run)).containsKeys("model/solver.json", "model/weights.safetensors");
    Said sound = seal("verify", run);
    assertThat(sound.code()).as(sound.out() + sound.err()).isZero();
    Path spoiled = copyOfRun("spoiled");
    Path card = spoiled.resolve("model/solver.json");
    Files.writeString(card, Files.readString(card).replace("\"maxHeight\": 3", "\"maxHeight\": 4"));
    assertThat(seal("verify", spoiled).code()).isEqualTo(2);
    assertThat(seal("solve", temp.resolve("mine.json"), "--model", spoiled).err())
        .contains("solver.json", "damaged");
    Path swapped = copyOfRun("swapped");
    Files.copy(
        swapped.resolve("checkpoints/round-0.safetensors"),
        swapped.resolve("model/weights.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(seal("verify", swapped).code()).isEqualTo(2);
    assertThat(seal("solve", temp.resolve("mine.json"), "--model", swapped).err())
        .contains("weights.safetensors is not the file that");
  }

  @Test
  void the_kept_model_is_the_policy_after_the_last_round() throws IOException {
    Path last = run.resolve("checkpoints/round-2.safetensors");
    Path kept = run.resolve("model/weights.safetensors");
    assertThat(last).exists();
    assertThat(Files.size(kept)).isLessThan(Files.size(last) + 64);
    assertThat(ContentHash.ofFile(kept))
        .isEqualTo(
            ProvenJson.read(run.resolve("model/solver.json"), JsonNode.class)
                .get("weights")
                .asText());
    assertThat(tensors(kept)).isEqualTo(tensors(last));
  }

  /** What stands behind the header of a safetensors file. */
  private static byte[] tensors(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int header = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return Arrays.copyOfRange(all, 8 + header, all.length);
  }

  @Test
  void models_that_cannot_be_used_are_refused_in_a_sentence() throws IOException {
    Path mine = temp.resolve("mine.json");
    Path unfinished = copyOfRun("unfinished");
    Files.delete(unfinished.resolve(Checksums.FILE_NAME));
    Files.delete(unfinished.resolve("model/solver.json"));
    assertThat(seal("solve", mine, "--model", unfinished).err())
        .contains("is not finished, so it has no model yet; to go on: ");
    assertThat(seal("solve", mine, "--model", temp.resolve("nowhere")).err())
        .contains("there is no folder");
    assertThat(seal("solve", mine, "--model", temp.resolve("home")).err())
        .contains("is neither a run nor a kept model");
    assertThat(seal("solve", mine, "--model", run, "--attempts", 4).err())
        .contains("--attempts must be 1 to 3 but was 4");
    assertThat(seal("solve", mine, "--model", run, "--steps", -1).err())
        .contains("--steps must be at least 0 but was -1");
    assertThat(seal("solve", mine, "--model", run, "--edits", 1_000_000).err())
        .contains("--edits must be 1 to 1000 but was 1000000");
    assertThat(seal("solve", mine).code()).isEqualTo(2);
    assertThat(seal("solve", temp.resolve("no.json"), "--model", run).err())
        .contains("there is no such file or folder");
  }

  @Test
  void models_are_listed_with_the_command_that_uses_them() throws IOException {
    Path shelf = Files.createDirectories(temp.resolve("shelf"));
    Files.move(copyOfRun("for-shelf"), shelf.resolve("whole"));
    Path bare = copyOfRun("for-bare");
    Files.delete(bare.resolve("model/solver.json"));
    Files.delete(bare.resolve("model/weights.safetensors"));
    Files.move(bare, shelf.resolve("bare"));
    Said said = seal("models", shelf);
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out().replaceAll("\\s+", " "))
        .contains(
            "whole solver ",
            "kind arc, recipe arc-smoke, ",
            "seal solve TASK.json --model " + shelf.resolve("whole"),
            "keeps no model: it was made by an older version, or its model/solver.json was deleted");
    Path hollow = copyOfRun("for-hollow");
    Files.delete(hollow.resolve("model/weights.safetensors"));
    Said listed = seal("models", hollow);
    assertThat(listed.out().replaceAll("\\s+", " "))
        .contains("problem ", "weights.safetensors is missing")
        .doesNotContain("seal solve");
    JsonNode json = Json.parse(seal("models", shelf, "--json").out(), JsonNode.class, "models");
    assertThat(json).hasSize(2);
    assertThat(json.at("/0/command").asText()).as("of the one that keeps no model").isEmpty();
    assertThat(json.at("/1/what").asText()).isEqualTo("solver");
    assertThat(json.at("/1/parameters").asLong()).isPositive();
    assertThat(seal("models", temp.resolve("nowhere")).err()).contains("there is no folder");
  }
}
