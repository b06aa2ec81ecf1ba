package org.seal4j.data.squad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.arc.ArcReader;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.testing.Fuzz;

/** Damaged SQuAD and SEAL files, tables of passages and task files: read, or one sentence. */
class HostileFilesTest {
  private static final String SQUAD =
      """
      {"version": "v2.0", "data": [{"title": "Old_Rome", "paragraphs": [
        {"context": "Und Rome fell.", "qas": [
          {"id": "a", "question": "What fell?", "is_impossible": false,
           "answers": [{"text": "Rome", "answer_start": 4}, {"text": "Rome fell", "answer_start": 4}]},
          {"id": "b", "question": "Who wept?", "is_impossible": true, "answers": []}]},
        {"context": "Nothing.", "qas": []}]}]}
      """;
  private static final String SEAL =
      """
      [{"title": "Rome", "context": "Rome fell.", "prompt": "List!",
        "questions": [{"question": "What fell?", "answer": "Rome"}], "completions": ["1.", ""]},
       {"title": "Rome", "context": "Rome rose.", "questions": []}]
      """;
  private static final String TASK =
      """
      {"train": [{"input": [[0, 1], [2, 3]], "output": [[9]]}], "name": "x",
       "test": [{"input": [[5]], "output": [[6, 7]]}, {"input": [[8]], "output": [[0]]}]}
      """;
  static final List<String> PIECES =
      List.of(
          "null",
          "[]",
          "{}",
          "NaN",
          "-Infinity",
          "1e999",
          "-1",
          "1.5",
          "true",
          "\"\"",
          "\" \"",
          "\"\\ud800\"",
          "\"\\u001b]0;x\\u0007\"",
          "\"\\u0000\"",
          "\u001b",
          "\ufeff",
          "\u202e",
          "9".repeat(1200),
          "[".repeat(1500),
          "{\"a\":".repeat(300),
          "\"id\": \"a\", ",
          "// x",
          "'",
          "\\",
          "\"",
          ",",
          "}",
          "]",
          "\n{}\n",
          "\ud83d\ude00",
          "x".repeat(5000));

  @TempDir Path folder;

  private void passages(byte[] bytes, String name) throws IOException {
    PassageReader.readCompleted(Files.write(folder.resolve(name), bytes), ImpossibleQuestions.KEEP);
  }

  private static void assertBoth(Map<String, Integer> outcomes) {
    assertThat(outcomes.get("refused")).isPositive();
    assertThat(outcomes.get("read")).isPositive();
  }

  @Test
  void passages_in_JSON() {
    byte[] squad = SQUAD.getBytes(StandardCharsets.UTF_8);
    byte[] seal = SEAL.getBytes(StandardCharsets.UTF_8);
    assertBoth(
        Fuzz.run(
            "passages-json",
            600,
            rng -> Fuzz.damaged(rng.nextInt(2) == 0 ? squad : seal, PIECES, rng),
            bytes -> passages(bytes, "p.json")));
  }

  @Test
  @Tag("slow")
  void tables_of_passages() throws IOException {
    Path sound = folder.resolve("sound.arrow");
    List<CompletedPassage> passages = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Question question = Question.of("q" + i, "What?", "Rome");
      Passage passage = new Passage("p" + i, "Rome", "Rome fell.", List.of(question));
      passages.add(new CompletedPassage(passage, "List!", List.of("1. It fell.")));
    }
    PassageTable.write(sound, passages);
    byte[] bytes = unproven(Files.readAllBytes(sound));
    Map<String, Integer> outcomes =
        Fuzz.run(
            "passages-arrow",
            600,
            rng -> rng.nextInt(2) == 0 ? overwritten(bytes, rng) : Fuzz.damaged(bytes, PIECES, rng),
            damaged -> passages(damaged, "p.arrow"));
    assertBoth(outcomes);
  }

  /** The table as another program would write it: without the proof that tells any damage. */
  private static byte[] unproven(byte[] table) {
    String text = new String(table, StandardCharsets.ISO_8859_1);
    String mark = "seal4j-sha256:";
    assertThat(text).contains(mark);
    return text.replace(mark, "someone's note").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A file of the same length with a few numbers written over others, as offsets and lengths. */
  private static byte[] overwritten(byte[] sound, Rng rng) {
    byte[] bytes = sound.clone();
    int[] values = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20, 255, -8};
    for (int i = rng.between(1, 3); i > 0; i--) {
      int at = rng.nextInt(bytes.length / 4) * 4;
      int value = values[rng.nextInt(values.length)];
      for (int b = 0; b < 4; b++) {
        bytes[at + b] = (byte) (value >>> 8 * b);
      }
    }
    return bytes;
  }

  @Test
  void task_files() {
    byte[] task = TASK.getBytes(StandardCharsets.UTF_8);
    assertBoth(
        Fuzz.run(
            "tasks-json",
            600,
            rng -> Fuzz.damaged(task, PIECES, rng),
            bytes -> ArcReader.read(Files.write(folder.resolve("t.json"), bytes))));
  }
}
