package org.seal4j.scripts.passage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
  /** Its name in the folder of a run. */
  static final String FILE = "teacher.json";

  private final Map<String, String> byPassage;

  private TeacherTexts(Map<String, String> byPassage) {
    this.byPassage = byPassage;
  }

  /** What the file holds, and of which run. */
  private record Stored(Map<String, String> texts, @Nullable String run) {}

  /**
   * Reads what is in the file and asks for the rest; the file is replaced after each answer.
   *
   * @param file texts by passage id as JSON
   * @param identity of the run
   */
  static TeacherTexts obtain(
      Path file,
      String identity,
      OtherModelKeys config,
      PromptKind kind,
      List<PassageContext> passages,
      Seeds seeds,
      Progress progress) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (Files.exists(file)) {
      Stored stored = ProvenJson.read(file, Stored.class);
      Checks.require(
          identity.equals(stored.run),
          "%s holds the texts of another run; restore it from a copy, or delete it, and the model is"
              + " asked again",
          file);
      texts.putAll(stored.texts());
    }
    Supplier<Teacher> teacher = asked(config);
    progress.start("asking " + config.endpoint().model(), passages.size());
    for (int i = 0; i < passages.size(); i++) {
      Passage passage = passages.get(i).passage();
      if (!texts.containsKey(passage.id())) {
        CompletedPassage written =
            switch (config.writes()) {
              case SELF_EDIT -> teacher.get().write(passage, kind, 1);
              case ENTIGRAPH ->
                  teacher
                      .get()
                      .write(
                          passage,
                          EntiGraph.defaults(),
                          seeds.child("entigraph", passage.id()).rng());
            };
        texts.put(passage.id(), String.join("\n---\n", written.completions()));
        ProvenJson.write(file, new Stored(texts, identity));
      }
      progress.step(i + 1, "");
    }
    progress.end();
    return new TeacherTexts(texts);
  }

  /**
   * The model, opened when it is first asked: a run that has all texts needs neither it nor a key.
   */
  private static Supplier<Teacher> asked(OtherModelKeys config) {
    AtomicReference<@Nullable Teacher> opened = new AtomicReference<>();
    return () -> {
      Teacher teacher = opened.get();
      if (teacher == null) {
        teacher =
            new Teacher(
                ChatClient.open(config.endpoint()),
                new Sampling(config.temperature(), config.topP(), config.maxTokens()));
        opened.set(teacher);
      }
      return teacher;
    };
  }

  /** How many texts the file in a run's folder holds; 0 where there is none. */
  static int count(Path file) {
    return Files.exists(file) ? ProvenJson.read(file, Stored.class).texts().size() : 0;
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
