package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.data.text.chat.ChatTemplate;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.Repository;

/**
 * Pipes, devices, folders and links where model, adapter and data folders have files: nothing waits
 * for ever, nothing fills the memory, and what counts is refused in one sentence that names it.
 */
@EnabledOnOs(OS.LINUX)
class StrangeFilesTest {
  /** Whatever waits for ever ends the test; a busy machine does not. */
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private static final Path OLD =
      Repository.root().resolve("scripts/src/test/resources/old-files/0.1.0");

  /** Files of a model folder that something is read from, where they are there. */
  private static final List<String> OF_A_MODEL =
      List.of(
          "config.json",
          "generation_config.json",
          "model.safetensors",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "chat_template.jinja");

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(StrangeFile.class)
  @Tag("slow")
  void in_a_model_folder_every_file_that_counts_is_refused_by_name(StrangeFile strange) {
    for (String name : OF_A_MODEL) {
      Path model = Cases.copy(OLD.resolve("model"), temp.resolve("model-" + name));
      Path file = strange.put(model.resolve(name));
      assertRefused(() -> readAll(model), file.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(StrangeFile.class)
  void the_parts_of_a_model_are_refused_by_name(StrangeFile strange) throws IOException {
    Path model = Cases.copy(OLD.resolve("model"), temp.resolve("model"));
    Path part = model.resolve("part-1.safetensors");
    Files.move(model.resolve("model.safetensors"), part);
    Path index = model.resolve("model.safetensors.index.json");
    assertRefused(() -> readAll(strange.put(index).getParent()), index.toString());
    Files.delete(index);
    Cases.write(index, "{\"weight_map\": {\"model.norm.weight\": \"part-1.safetensors\"}}");
    strange.put(part);
    assertRefused(() -> readAll(model), "part-1.safetensors");
  }

  @ParameterizedTest
  @EnumSource(StrangeFile.class)
  void a_checkpoint_of_llama2c_and_its_tokenizer_are_refused_by_name(StrangeFile strange) {
    Path model = temp.resolve("llama2c");
    Path file = strange.put(model.resolve("stories.bin"));
    strange.put(model.resolve("some.gguf"));
    assertRefused(() -> readAll(model), file.toString());
    Path tokenizer = strange.put(temp.resolve("tokenizer/tok32.bin"));
    assertRefused(() -> Tokenizers.load(tokenizer), tokenizer.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"vocab.json", "merges.txt", "tokenizer.model", "tokenizer.bin"})
  void every_form_of_a_tokenizer_is_refused_by_name(String name) {
    for (StrangeFile strange : StrangeFile.values()) {
      Path folder = temp.resolve(strange + name);
      Cases.write(folder.resolve("vocab.json"), "{\"a\": 0}");
      Cases.write(folder.resolve("merges.txt"), "");
      if (name.startsWith("tokenizer")) {
        deleteAll(folder, "vocab.json", "merges.txt");
      }
      Path file = strange.put(folder.resolve(name));
      assertRefused(() -> Tokenizers.load(folder), file.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(StrangeFile.class)
  void what_is_not_read_does_not_matter(StrangeFile strange) {
    Path model = Cases.copy(OLD.resolve("model"), temp.resolve("model"));
    for (String name : List.of("notes.json", "other.safetensors", "x.gguf", "x.bin", "README.md")) {
      strange.put(model.resolve(name));
    }
    within(() -> readAll(model));
  }

  @ParameterizedTest
  @EnumSource(StrangeFile.class)
  @Tag("slow")
  void in_an_adapter_folder_every_file_is_refused_by_name(StrangeFile strange) {
    ModelConfig base;
    try (ModelFolder model = ModelFolder.load(OLD.resolve("model"))) {
      base = model.config();
    }
    for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
      Path adapter = Cases.copy(OLD.resolve("adapter"), temp.resolve(name));
      Path file = strange.put(adapter.resolve(name));
      assertRefused(() -> PeftAdapter.load(adapter, base).close(), file.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = StrangeFile.class,
      names = {"FOLDER", "LINK_ELSEWHERE"},
      mode = EnumSource.Mode.EXCLUDE)
  @Tag("slow")
  void data_that_is_no_file_is_refused_by_name(StrangeFile strange) {
    Product product = Product.at(temp.resolve("home"));
    for (String name : List.of("passages.json", "passages.arrow")) {
      Path file = strange.put(temp.resolve(name));
      within(() -> product.run("passages", file)).refused(name);
    }
    Path tasks = temp.resolve("tasks");
    Cases.write(tasks.resolve("more/good.json"), "{}");
    strange.put(tasks.resolve("more/bad.json"));
    within(() -> product.run("run", "arc-real", "--set=data.tasks=" + tasks)).refused("bad.json");
    Path texts = temp.resolve("texts");
    Cases.write(texts.resolve("good.txt"), "a b c ".repeat(1000));
    strange.put(texts.resolve("bad.txt"));
    within(() -> product.run("pretrain", "--recipe=tinystories-quick", "--text=" + texts))
        .refused("bad.txt");
  }

  @Test
  void a_tree_of_tasks_may_be_a_link_but_none_below_it_is_followed() throws IOException {
    Product product = Product.at(temp.resolve("home"));
    Path tasks = temp.resolve("tasks");
    Cases.write(tasks.resolve("bad.json"), "{}");
    Path link = Files.createSymbolicLink(temp.resolve("link"), tasks);
    product
        .run("run", "arc-real", "--set=data.tasks=" + link)
        .refused(link.resolve("bad.json").toString(), "lacks the key");
    Files.createSymbolicLink(tasks.resolve("again"), tasks);
    within(() -> product.run("run", "arc-real", "--set=data.tasks=" + tasks))
        .refused("again is a link to a folder");
  }

  private static Path deleteAll(Path folder, String... names) {
    try {
      for (String name : names) {
        Files.delete(folder.resolve(name));
      }
      return folder;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String readAll(Path model) {
    try (ModelFolder read = ModelFolder.load(model)) {
      Tokenizers.load(read.tokenizer().orElse(model));
    }
    return ChatTemplate.text(model).orElse("");
  }

  private static <T> T within(org.junit.jupiter.api.function.ThrowingSupplier<T> action) {
    return assertTimeoutPreemptively(LIMIT, action);
  }

  private static void assertRefused(Runnable action, String name) {
    List<String> said = new ArrayList<>();
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          try {
            action.run();
          } catch (InputException e) {
            said.add(String.valueOf(e.getMessage()));
          }
        });
    assertThat(said).as(name).hasSize(1);
    Product.requireSentence(said.get(0), name);
  }
}
