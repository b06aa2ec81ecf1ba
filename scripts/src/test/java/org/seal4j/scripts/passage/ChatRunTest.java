package org.seal4j.scripts.passage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.TrainedBpe;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.data.world.PersonPool;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.model.weights.WeightsFile;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.journal.Journal;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;

/**
 * The loop by conversations and by thoughts, from the command line, on a folder of a random model
 * in the shape of Qwen2 whose tokenizer was trained here.
 */
@Tag("slow")
class ChatRunTest {
  private static final List<String> MARKS = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");
  private static final String TEMPLATE =
      "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}"
          + "<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n"
          + "{% endif %}";

  @TempDir static Path temp;
  private static Path model;
  private static Path passages;

  @BeforeAll
  static void make_a_model_and_passages() throws IOException {
    InventedWorld world = new InventedWorld(Seeds.of(3));
    List<Object> items = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Passage passage = world.story(PersonPool.LOOP, i).passage();
      texts.add(passage.context());
      items.add(item("Article " + i, passage));
    }
    passages = temp.resolve("passages.json");
    Json.write(passages, items);
    TrainedBpe trained =
        BpeTrainer.train(
            texts, BpeTrainerConfig.bytes(400).withSpecials(MARKS, "", "<|endoftext|>"));
    model = temp.resolve("qwen");
    int vocabulary = trained.tokenizer().vocabSize();
    ModelConfig sizes =
        new ModelConfig(vocabulary, 16, 2, 4, 2, 4, 24, 1e-6, 1e4, false, false, true, 0);
    try (Weights weights = Weights.random(sizes, 0.4, 0.2, Seeds.of(4))) {
      ModelFolder.save(weights, 1024, List.of(2, 0), model);
    }
    trained.write(model);
    template(model, TEMPLATE);
  }

  private static Map<String, Object> item(String title, Passage passage) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("title", title);
    item.put("context", passage.context());
    item.put(
        "questions",
        passage.questions().stream()
            .limit(3)
            .map(q -> Map.of("question", q.text(), "answer", q.gold()))
            .toList());
    return item;
  }

  private static void template(Path folder, String template) {
    Path file = folder.resolve("tokenizer_config.json");
    ObjectNode settings = Json.read(file, ObjectNode.class);
    Json.write(file, settings.put("chat_template", template));
  }

  private static String seal(int expected, Path out, String... sets) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "run",
                "squad-real",
                "--workers=1",
                "--out=" + out,
                "--set=data.passages=" + passages,
                "--set=model.path=" + model,
                "--set=prompts.maxTokens=700",
                "--set=policy.maxNewTokens=16",
                "--set=inner.epochs=1",
                "--set=inner.lora.rank=2",
                "--set=answer.maxTokens=12",
                "--set=learn.lora.rank=2",
                "--set=loop.rounds=1",
                "--set=loop.contextsPerRound=2",
                "--set=loop.editsPerContext=2",
                "--set=evaluate.contexts=2"));
    for (String set : sets) {
      line.add("--set=" + set);
    }
    StringWriter written = new StringWriter();
    Seal seal =
        new Seal(
            new Experiments(List.of(new PassageExperiment())),
            Optional.of(
                RecipeHome.at(temp.resolve("home"), "squad-quick", "squad-smoke", "squad-real")),
            (args, environment) -> 99);
    PrintWriter writer = new PrintWriter(written, true);
    assertThat(seal.run(line, writer, writer)).as(written.toString()).isEqualTo(expected);
    return written.toString();
  }

  private static List<String> texts(Path run) {
    return Journal.readEdits(run).stream()
        .filter(row -> row.key().phase().equals("train"))
        .map(row -> row.draft().raw())
        .toList();
  }

  @Test
  void a_chat_model_writes_and_answers_by_the_template_in_its_folder_or_by_a_known_one() {
    Path own = temp.resolve("own");
    String printed = seal(0, own, "prompts.chat=model");
    assertThat(printed).contains("base model, not ", "round 1 ");
    List<EditRow> edits = Journal.readEdits(own);
    assertThat(edits).hasSize(2 + 2 + 2 + 4 + 2);
    assertThat(texts(own)).hasSize(4).noneMatch(text -> text.contains("<|im"));
    assertThat(own.resolve("effective.yaml")).content().contains("chat: model");
    Path known = temp.resolve("known");
    seal(0, known, "prompts.chat=qwen2");
    assertThat(Journal.readEdits(known)).isEqualTo(edits);
    Path plain = temp.resolve("plain");
    seal(0, plain);
    assertThat(texts(plain)).isNotEqualTo(texts(own));
  }

  @Test
  void the_policies_of_a_run_carry_tokenizer_template_and_ends_of_the_model() throws IOException {
    Path run = temp.resolve("carried");
    seal(0, run, "prompts.chat=model");
    assertThat(run.resolve("model/config.json")).exists();
    assertThat(run.resolve("SHA256SUMS")).content().contains("model/tokenizer.json");
    Path policy = run.resolve("checkpoints/round-1.safetensors");
    List<ChatMessage> asked = List.of(new ChatMessage("user", "Who?"));
    try (TextModel own = TextModel.open(model, null, null);
        TextModel kept = TextModel.open(policy, null, null)) {
      assertThat(kept.context()).isEqualTo(1024);
      assertThat(kept.endTokens()).isEqualTo(own.endTokens());
      assertThat(kept.chat().encode(asked, "")).isEqualTo(own.chat().encode(asked, ""));
      kept.folder().save(temp.resolve("exported"));
    }
    try (TextModel exported = TextModel.open(temp.resolve("exported"), null, null);
        Weights weights = WeightsFile.load(WeightsFile.config(policy), policy)) {
      assertThat(exported.folder().weights().sha256()).isEqualTo(weights.sha256());
      assertThat(exported.chat().turnEnd()).isEqualTo(2);
    }
  }

  @Test
  void thoughts_are_written_and_only_the_answer_behind_the_marker_counts() throws IOException {
    Path run = temp.resolve("thoughts");
    seal(
        0,
        run,
        "prompts.question=null",
        "prompts.answerAfter='Final answer:'",
        "prompts.chat=model");
    assertThat(Journal.readEdits(run))
        .allSatisfy(row -> assertThat(row.outcome().reward()).isZero())
        .anySatisfy(row -> assertThat(row.outcome().answers()).anyMatch(a -> !a.isBlank()));
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("token-recall of what follows");
    Path blank = temp.resolve("blank");
    assertThat(seal(2, blank, "prompts.answerAfter=' '")).contains("prompts.answerAfter is blank");
  }

  @Test
  void a_model_without_a_template_or_without_its_marks_is_refused() throws IOException {
    Path bare = Files.createDirectories(temp.resolve("bare"));
    for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
      Files.copy(model.resolve(name), bare.resolve(name));
    }
    Path none = temp.resolve("none");
    assertThat(seal(2, none, "model.path=" + bare, "prompts.chat=model"))
        .contains(
            "prompts.chat asks for the chat template of the model, but",
            "no chat template here",
            "set it to llama3 or qwen2");
    assertThat(none).doesNotExist();
    assertThat(seal(2, none, "prompts.chat=llama3"))
        .contains(
            "prompts.chat is llama3, but the tokenizer has no special token <|begin_of_text|>");
  }

  @Test
  void a_model_of_an_invented_world_knows_no_conversations() {
    Path none = temp.resolve("world");
    assertThat(
            seal(
                2,
                none,
                "data.source=world",
                "data.passages=null",
                "model.path=null",
                "prompts.kind=implications",
                "prompts.chat=qwen2"))
        .contains("the model of an invented world has no chat template");
    assertThat(none).doesNotExist();
  }
}
