package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.Json;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.adapt.AdaptExperiment;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.scripts.train.SmallModel;

/** A bundle on the command line, from documents to answers that name them, on a small model. */
@Tag("slow")
class BundleCommandsTest {
  private static final String MILL = "# Mill\n\nThe mill burned in 1911.\n";
  private static final String PUMP = "# Pump\n\nThe pump is oiled each Monday with thin oil.\n";

  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path model;
  private Path notes;

  @BeforeEach
  void make_a_model_and_documents() throws IOException {
    model = SmallModel.at(home.resolve("model"), SmallModel.TEMPLATE);
    notes = Files.createDirectories(home.resolve("notes"));
    Files.writeString(
        notes.resolve("orchard.txt"),
        "Orchard\n\nThe orchard was planted in 1902 by Maud Ferris.\n");
    Files.writeString(notes.resolve("mill.md"), MILL);
  }

  private int seal(Object... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> words = Arrays.stream(args).map(Object::toString).toList();
    Seal seal =
        new Seal(
            new Experiments(List.of(new AdaptExperiment())),
            Optional.of(RecipeHome.at(home.resolve("home"), "adapt")),
            (again, environment) -> 99);
    return seal.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private String text(Object... args) {
    assertThat(seal(args)).as(err.toString()).isZero();
    return out.toString();
  }

  private void refused(String message, Object... args) {
    assertThat(seal(args)).isEqualTo(2);
    assertThat(err.toString()).contains(message).hasLineCount(1);
  }

  /** Makes a bundle of these documents with the text alone, so that no question is needed. */
  private Path adapt(String name, Object... documents) {
    Path run = home.resolve(name);
    List<Object> words = new ArrayList<>(List.of("adapt", "--model", model, "--out", run));
    words.addAll(List.of("--adapters", "passage", "--method", "text", "--readings", 2));
    words.addAll(List.of("--lora-rank", 4, "--max-harm", 100, "--force", "--quiet"));
    words.addAll(List.of("--set", "questions.heldOut=1", "--set", "questions.answerTokens=4"));
    words.addAll(List.of("--set", "proof.answerTokens=4"));
    words.addAll(List.of(documents));
    text(words.toArray());
    return run;
  }

  private static Map<String, String> bytes(Path folder) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> all.put(folder.relativize(file).toString(), ContentHash.ofFile(file)));
    }
    return all;
  }

  @Test
  void documents_become_a_bundle_that_says_which_of_them_answered() throws IOException {
    Path run = adapt("run", notes);
    Path bundle = run.resolve("bundle");
    assertThat(text("verify", run)).contains("is as it was written");
    assertThat(text("verify", bundle)).contains("ok          bundle.json: 2 passages");

    Object[] ask = {"ask", "--model", model, "--max-tokens", 8, "--adapter"};
    String orchard = text(with(ask, run, "Who planted the orchard?"));
    assertThat(orchard).endsWith("from: orchard.txt, line 3 (Orchard)\n");
    String unknown = text(with(ask, bundle, "What is the capital of Norway?"));
    assertThat(unknown).endsWith("from: none of the documents (the model as it is)\n");
    String alone = text(with(ask, "none", "What is the capital of Norway?"));
    assertThat(unknown).startsWith(alone);

    String json =
        text(with(ask, bundle, "--top", 2, "--json", "Who planted the orchard by the mill?"));
    JsonNode answer = Json.parse(json, JsonNode.class, "output").path("answers").get(0);
    assertThat(answer.path("adapter").asText()).isEqualTo("run");
    assertThat(answer.path("from")).hasSize(2);
    assertThat(answer.path("from").get(0).path("passage").asText()).isEqualTo("orchard.txt/1");
    assertThat(answer.path("evidence").asDouble())
        .isGreaterThan(answer.path("threshold").asDouble());

    assertThat(text("adapters", "list", run))
        .startsWith("run\n")
        .contains("2 adapters of rank 4", "for 2 documents", "by bm25, 1 at a time", "gate");
    assertThat(text("adapters", "describe", run).replaceAll("\\s+", " "))
        .containsPattern("passage mill.md/1@[0-9a-f]{12}, mill.md, line 3 [(]Mill[)]");
    JsonNode listed =
        Json.parse(text("adapters", "list", run, "--json"), JsonNode.class, "output").get(0);
    assertThat(listed.path("bundle").path("passages")).hasSize(2);

    Path link = Files.createSymbolicLink(run.resolveSibling("link"), bundle);
    assertThat(text("adapters", "describe", link)).contains("mill.md/1@");

    // One adapter of it is an adapter like any other.
    String hash = answer.path("from").get(0).path("adapter").asText();
    Path one = bundle.resolve("adapters").resolve(hash);
    assertThat(text(with(ask, one, "Who planted the orchard?")))
        .isEqualTo(orchard.substring(0, orchard.indexOf("from: ")));
    assertThat(text("adapters", "describe", one)).contains("PEFT, rank 4");
  }

  private static Object[] with(Object[] words, Object... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray();
  }

  @Test
  void a_document_that_is_added_later_makes_the_bundle_that_all_at_once_make() throws IOException {
    Path first = adapt("first", notes).resolve("bundle");
    Map<String, String> before = bytes(first);
    Files.writeString(notes.resolve("pump.md"), PUMP);
    Path all = adapt("all", notes).resolve("bundle");

    String added = text("adapters", "add", first, notes.resolve("pump.md"), "--workers", 1);
    assertThat(added)
        .contains("to do:  1 passage of 1;")
        .endsWith("pump.md: 1 passage learned, 0 as before, 0 gone\n");
    assertThat(bytes(first)).isEqualTo(bytes(all));
    assertThat(first.resolveSibling(".bundle.adding")).doesNotExist();

    assertThat(text("adapters", "remove", first, notes.resolve("pump.md")))
        .isEqualTo("pump.md: 1 passage removed\n");
    assertThat(bytes(first)).isEqualTo(before);
    assertThat(text("verify", first)).contains("is as it was written");
  }

  @Test
  void a_changed_document_replaces_its_own_adapters_alone() throws IOException {
    Path bundle = adapt("run", notes).resolve("bundle");
    Map<String, String> before = bytes(bundle);
    assertThat(text("adapters", "add", bundle, notes, "--quiet"))
        .contains("mill.md: 0 passages learned, 1 as before, 0 gone")
        .contains("orchard.txt: 0 passages learned, 1 as before, 0 gone");
    assertThat(bytes(bundle)).isEqualTo(before);

    Files.writeString(notes.resolve("mill.md"), "# Mill\n\nIt burned in 1912.\n");
    assertThat(text("adapters", "add", bundle, notes, "--quiet"))
        .contains("mill.md: 1 passage learned, 0 as before, 0 gone; 1 had another text before")
        .contains("orchard.txt: 0 passages learned, 1 as before, 0 gone");
    Map<String, String> after = bytes(bundle);
    long same =
        before.entrySet().stream()
            .filter(file -> file.getKey().startsWith("adapters/"))
            .filter(file -> file.getValue().equals(after.get(file.getKey())))
            .count();
    assertThat(same).as("files of the other adapter").isEqualTo(3);
    assertThat(after).hasSameSizeAs(before);

    // A document that is empty now is not forgotten unseen.
    Files.writeString(notes.resolve("mill.md"), "");
    assertThat(text("adapters", "add", bundle, notes, "--quiet"))
        .contains("mill.md: is empty; what the bundle knows of it stays, 'seal adapters remove'");
    assertThat(bytes(bundle)).isEqualTo(after);

    // The text as it was gives the adapter as it was.
    Files.writeString(notes.resolve("mill.md"), MILL);
    text("adapters", "add", bundle, notes.resolve("mill.md"), "--quiet");
    assertThat(bytes(bundle)).isEqualTo(before);
  }

  /** The files of the adapters among all of a bundle. */
  private static Map<String, String> adapters(Map<String, String> files) {
    Map<String, String> adapters = new TreeMap<>(files);
    adapters.keySet().removeIf(name -> !name.startsWith("adapters/"));
    return adapters;
  }

  @Test
  void a_document_that_was_renamed_or_moved_keeps_its_adapters() throws IOException {
    // Its title is the name of the file.
    Files.writeString(notes.resolve("pump.txt"), "It is oiled each Monday with thin oil.\n");
    Path bundle = adapt("run", notes).resolve("bundle");
    Map<String, String> before = bytes(bundle);
    Path moved = Files.createDirectories(notes.resolve("old")).resolve("orchard.txt");
    Files.move(notes.resolve("orchard.txt"), moved);
    Files.move(notes.resolve("mill.md"), notes.resolve("windmill.md"));
    Files.move(notes.resolve("pump.txt"), notes.resolve("oil.txt"));

    assertThat(text("adapters", "add", bundle, notes, "--quiet").lines())
        .containsExactlyInAnyOrder(
            "oil.txt: 0 passages learned, 1 as before, 0 gone; it is pump.txt under a new name",
            "old/orchard.txt: 0 passages learned, 1 as before, 0 gone; it is orchard.txt under a"
                + " new name",
            "windmill.md: 0 passages learned, 1 as before, 0 gone; it is mill.md under a new name");
    assertThat(adapters(bytes(bundle))).isEqualTo(adapters(before)).hasSize(9);
    assertThat(text("adapters", "describe", bundle).replaceAll("\\s+", " "))
        .contains("3 adapters", "windmill.md/1@", "old/orchard.txt/1@", ", oil.txt, line 1 (oil)")
        .doesNotContain("passage mill.md", "pump");
    assertThat(text("verify", bundle)).contains("is as it was written");
    assertThat(text("ask", "--model", model, "--max-tokens", 2, "--adapter", bundle, "The mill?"))
        .endsWith("from: windmill.md, line 3 (Mill)\n");

    Map<String, String> renamed = bytes(bundle);
    assertThat(text("adapters", "add", bundle, notes, "--quiet")).doesNotContain("new name");
    assertThat(bytes(bundle)).isEqualTo(renamed);

    Files.move(notes.resolve("oil.txt"), notes.resolve("pump.txt"));
    Files.move(notes.resolve("windmill.md"), notes.resolve("mill.md"));
    Files.move(moved, notes.resolve("orchard.txt"));
    text("adapters", "add", bundle, notes, "--quiet");
    assertThat(bytes(bundle)).as("the names as they were").isEqualTo(before);
  }

  @Test
  void what_does_not_fit_is_one_sentence() throws IOException {
    Path run = adapt("run", notes.resolve("mill.md"));
    Path bundle = run.resolve("bundle");
    refused(
        "--route and --top are for a bundle of adapters",
        "ask",
        "--model",
        model,
        "--top",
        2,
        "Who?");
    refused(
        "--top must be at least 1 but was 0",
        "ask",
        "--model",
        model,
        "--adapter",
        run,
        "--top",
        0,
        "Who?");
    refused(
        "is a bundle of many adapters, and one is needed here",
        "generate",
        "--model",
        model,
        "--adapter",
        run,
        "--prompt",
        "Who?");
    refused(
        "is a bundle of many adapters, and one is needed here",
        "chat",
        "--model",
        model,
        "--adapter",
        bundle);
    refused("is no bundle of adapters: it has no bundle.json", "adapters", "remove", notes, "x");
    refused(
        "the bundle has no document mil.md; it has [mill.md]",
        "adapters",
        "remove",
        bundle,
        "mil.md");
    refused("nothing would be left of the bundle", "adapters", "remove", bundle, "mill.md");
    refused("there is no file or folder", "adapters", "add", bundle, notes.resolve("no.md"));
    refused("--again repeats a run", "verify", bundle, "--again");
    Path other = SmallModel.at(home.resolve("other"), "");
    refused(
        "there is no model at",
        "adapters",
        "add",
        bundle,
        notes.resolve("orchard.txt"),
        "--model",
        home.resolve("x"));
    Path config = Files.list(bundle.resolve("adapters")).findFirst().orElseThrow();
    Path tensors = config.resolve("adapter_model.safetensors");
    byte[] bytes = Files.readAllBytes(tensors);
    bytes[bytes.length - 1] ^= 1;
    Files.write(tensors, bytes);
    assertThat(seal("verify", bundle)).isEqualTo(2);
    assertThat(out.toString()).contains("damaged     adapters/");
    Files.write(tensors, Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(seal("verify", bundle)).isEqualTo(2);
    assertThat(out.toString())
        .as("the index is proven where an adapter is short")
        .contains("ok          index/")
        .contains("damaged     adapters/");
    Files.write(tensors, bytes);
    refused("a name of a document is empty; it has [mill.md]", "adapters", "remove", bundle, "");
    refused(
        "lies in the bundle",
        "adapters",
        "merge",
        config,
        "--base",
        model,
        "--out",
        bundle.resolve("adapters/merged"));
    Files.move(bundle.resolve("bundle.json"), bundle.resolve("kept.json"));
    refused("its bundle.json is missing; take it from a copy", "verify", bundle);
    Files.move(bundle.resolve("kept.json"), bundle.resolve("bundle.json"));
    refused(
        "are not those it was named by",
        "ask",
        "--model",
        other,
        "--adapter",
        bundle,
        "When did the mill burn?");
  }
}
