package org.seal4j.scripts.passage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.ProvenJson;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.CompletedPassage;
import org.seal4j.data.squad.Passage;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.Progress;
import org.seal4j.rl.passage.EntiGraph;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.passage.PromptKind;
import org.seal4j.rl.teacher.ChatClient;
import org.seal4j.rl.teacher.Sampling;
import org.seal4j.rl.teacher.Teacher;

/**
 * The texts of another model about the evaluated passages, asked for once and kept in the run's
 * folder, so that a resumed run trains on the same ones.
 */
final class TeacherTexts {
  private final Map<String, String> byPassage;

  private TeacherTexts(Map<String, String> byPassage) {
    this.byPassage = byPassage;
  }

  /** What the file holds. */
  private record Stored(Map<String, String> texts) {}

  /**
   * Reads what is in the file and asks for the rest; the file is replaced after each answer.
   *
   * @param file texts by passage id as JSON
   */
  static TeacherTexts obtain(
      Path file,
      OtherModelKeys config,
      PromptKind kind,
      List<PassageContext> passages,
      Seeds seeds,
      Progress progress) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (Files.exists(file)) {
      texts.putAll(ProvenJson.read(file, Stored.class).texts());
    }
    Teacher teacher =
        new Teacher(
            ChatClient.open(config.endpoint()),
            new Sampling(config.temperature(), config.topP(), config.maxTokens()));
    progress.start("asking " + config.endpoint().model(), passages.size());
    for (int i = 0; i < passages.size(); i++) {
      Passage passage = passages.get(i).passage();
      if (!texts.containsKey(passage.id())) {
        CompletedPassage written =
            switch (config.writes()) {
              case SELF_EDIT -> teacher.write(passage, kind, 1);
              case ENTIGRAPH ->
                  teacher.write(
                      passage, EntiGraph.defaults(), seeds.child("entigraph", passage.id()).rng());
            };
        texts.put(passage.id(), String.join("\n---\n", written.completions()));
        ProvenJson.write(file, new Stored(texts));
      }
      progress.step(i + 1, "");
    }
    progress.end();
    return new TeacherTexts(texts);
  }

  /** The texts as self-edits. */
  EditSource<PassageContext, KnowledgeEdit> source() {
    return EditSource.given(
        (context, index, rng) ->
            new KnowledgeEdit(
                Checks.present(
                    byPassage.get(context.id()), "no text about passage %s", context.id())));
  }
}
