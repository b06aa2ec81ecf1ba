package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.seal4j.data.json.Json;

/** Runs that are refused, killed and resumed: F21, F22 and the two damaged run folders. */
final class RunCases {
  private final CasesTest.Room room;

  private RunCases(CasesTest.Room room) {
    this.room = room;
  }

  static void addTo(CasesTest.Room room) {
    RunCases cases = new RunCases(room);
    cases.tokenizer();
    cases.leftovers();
    cases.damaged_folders();
  }

  private void tokenizer() {
    CasesTest.Group group = room.group("F21-resume-tokenizer");
    group
        .test(
            "a run does not go on with another tokenizer",
            () -> {
              Path model = Cases.copy(Cases.model(), group.temp.resolve("model"));
              Path out = group.temp.resolve("run");
              Path data = group.folder.resolve("small.json");
              room.product.runUntil(
                  "self-edits without RL",
                  SmallRuns.passages(model, data, out, "--workers=1").toArray());
              lowercase(model.resolve("tokenizer.json"));
              room.product.run("run", "--resume", out, "--quiet").refused("tokenizer");
            })
        .end();
  }

  private static void lowercase(Path tokenizer) {
    ObjectNode json = (ObjectNode) Json.read(tokenizer, JsonNode.class);
    ObjectNode lower = json.objectNode().put("type", "Lowercase");
    ArrayNode all = json.arrayNode().add(lower);
    JsonNode before = json.path("normalizer");
    if (before.path("type").asText().equals("Sequence")) {
      before.path("normalizers").forEach(all::add);
    } else if (before.isObject()) {
      all.add(before);
    }
    json.set("normalizer", json.objectNode().put("type", "Sequence").set("normalizers", all));
    Cases.write(tokenizer, json.toString());
  }

  private void leftovers() {
    CasesTest.Group group = room.group("F22-leftover-folder");
    Path temp = group.temp;
    String one = "--set=data.passages=" + group.folder.resolve("one.json");
    String model = "--set=model.path=" + Cases.model();
    Path small = room.cases.resolve("F21-resume-tokenizer/small.json");
    Path cut = room.cases.resolve("F23-json-jargon/trunc.json");
    refusedWithoutFolder(group, "too few articles", "run", "squad-real", one, model);
    refusedWithoutFolder(
        group, "passages cut short", "run", "squad-real", "--set=data.passages=" + cut, model);
    refusedWithoutFolder(
        group,
        "all passages held out",
        "run",
        "squad-real",
        "--set=data.passages=" + small,
        "--set=data.heldOut=1",
        model);
    Path tasks = temp.resolve("tasks");
    Cases.write(tasks.resolve("bad.json"), "{\"train\": [");
    refusedWithoutFolder(group, "a bad task", "run", "arc-real", "--set=data.tasks=" + tasks);
    byte[] noise = new byte[5000];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) random.nextInt(256);
    }
    pretraining(group, Cases.write(temp.resolve("empty.txt"), ""));
    pretraining(group, Cases.write(temp.resolve("short.txt"), "a b"));
    pretraining(group, Cases.write(temp.resolve("bin.txt"), noise));
    group.end();
  }

  private void pretraining(CasesTest.Group group, Path text) {
    refusedWithoutFolder(
        group,
        "pretraining on " + text.getFileName(),
        "pretrain",
        "--recipe=tinystories-quick",
        "--text=" + text);
  }

  private void refusedWithoutFolder(CasesTest.Group group, String what, Object... line) {
    group.test(
        what + ": refused, and no folder stays",
        () -> {
          Path out = group.temp.resolve("out-" + what.replaceAll("\\W", "-"));
          List<Object> words = new ArrayList<>(Arrays.asList(line));
          words.addAll(List.of("--out", out));
          room.product.run(words.toArray()).refused();
          assertThat(out).doesNotExist();
        });
  }

  private void damaged_folders() {
    room.group("reliability learning-cut")
        .test("a cut log of learning is refilled or refused", () -> resume(true))
        .end();
    room.group("reliability torn-prefix-run")
        .test("a torn prefix is cut and the run goes on to the same bytes", () -> resume(false))
        .end();
  }

  /**
   * The damage of the handed folders on a run of today: rows of a second round are on disk, the
   * last row of edits.arrows is torn.
   */
  private void resume(boolean cutLearning) {
    Path whole = SmallRuns.grids(room.product, room.temp.resolve("whole"));
    Path run = room.temp.resolve(cutLearning ? "cut" : "torn");
    HalfRun.of(whole, run, cutLearning ? 2 : 1);
    if (cutLearning) {
      HalfRun.tearRow(run.resolve("edits.arrows"), 0);
      HalfRun.cutInFirstRow(run.resolve("learning.arrows"));
    } else {
      HalfRun.tearRow(run.resolve("edits.arrows"), 4);
      HalfRun.keepRows(run.resolve("learning.arrows"), 0);
    }
    Product.Said said = room.product.run("run", "--resume", run, "--quiet");
    if (cutLearning && said.exitCode() != 0) {
      said.refused("learning.arrows");
      return;
    }
    said.done();
    assertThat(RunBytes.of(run)).isEqualTo(RunBytes.of(whole));
  }
}
