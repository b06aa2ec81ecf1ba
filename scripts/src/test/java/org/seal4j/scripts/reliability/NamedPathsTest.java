package org.seal4j.scripts.reliability;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.Shown;
import org.seal4j.scripts.Repository;

/** Paths on the command line that lead to what the command cannot use. */
@EnabledOnOs(OS.LINUX)
class NamedPathsTest {
  private static final Path MODEL =
      Repository.root().resolve("scripts/src/test/resources/old-files/0.1.0/model");

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "describe @",
        "recipes show @",
        "recipes copy @",
        "pretrain --recipe @",
        "train --model MODEL --data @",
        "train --model MODEL --data MODEL/config.json --validation @",
        "run squad-real --set model.path=MODEL --set data.passages=@",
        "passages @",
        "generate --model MODEL --prompt-file @",
        "eval perplexity --model MODEL --text @"
      })
  @Tag("slow")
  void a_folder_or_a_pipe_in_place_of_a_file_is_called_so(String line) {
    Product product = Product.at(temp.resolve("home"));
    Path folder = StrangeFile.FOLDER.put(temp.resolve("a folder"));
    product.run(words(line, folder)).refused(folder + " is a folder; expected a file");
    Path pipe = StrangeFile.PIPE.put(temp.resolve("a pipe"));
    product.run(words(line, pipe)).refused(pipe + ": it is no regular file but a pipe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate --model MODEL --prompt a --tokenizer @",
        "pretrain --recipe tinystories-quick --text @",
        "run arc-real --set data.tasks=@"
      })
  void a_pipe_in_place_of_a_file_or_a_folder_is_called_so(String line) {
    Product product = Product.at(temp.resolve("home"));
    Path pipe = StrangeFile.PIPE.put(temp.resolve("a pipe"));
    product.run(words(line, pipe)).refused(pipe + ": it is no regular file but a pipe");
  }

  @Test
  void a_file_in_place_of_a_model_an_adapter_or_a_folder_is_called_so() {
    Product product = Product.at(temp.resolve("home"));
    Path notes = Cases.write(temp.resolve("notes.txt"), "some notes");
    product.run("import", notes).refused(notes + " is no GGUF file", "llama2.c .bin");
    Path weights = MODEL.resolve("model.safetensors");
    product.run("import", weights).refused("a model of Hugging Face is named by its folder");
    product
        .run("generate", "--model", MODEL, "--prompt", "a", "--adapter", notes)
        .refused(notes + " is neither a folder of PEFT nor a .gguf file");
    product.run("import", MODEL, "--out", notes).refused(notes + " is a file; name a new folder");
    Path empty = Cases.write(temp.resolve("empty.txt"), "");
    product
        .run("eval", "perplexity", "--model", MODEL, "--text", empty)
        .refused(empty + " is empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        " a",
        "a'b",
        "a\"b",
        "a\\nb",
        "a: b",
        "# a",
        "\u001b[31m",
        "{a}",
        "ß\u2028"
      })
  @Tag("slow")
  void a_path_of_a_short_form_is_taken_as_typed(String name) {
    Product product = Product.at(temp.resolve("home"));
    Path rows = Cases.write(temp.resolve(name), "x");
    String shown = Shown.line(rows.toString());
    product.run("train", "--model", MODEL, "--data", rows).refused(shown + ", line 1");
    product
        .run("pretrain", "--recipe", "tinystories-quick", "--text", rows)
        .refused(shown + " gives");
  }

  @Test
  void a_folder_without_a_run_is_refused_before_anything_below_it_is_looked_at() {
    Product product = Product.at(temp.resolve("home"));
    product.run("verify", "/proc").refused("/proc is not the folder of a run");
  }

  private static Object[] words(String line, Path path) {
    List<Object> words = new ArrayList<>();
    for (String word : line.split(" ")) {
      words.add(word.replace("MODEL", MODEL.toString()).replace("@", path.toString()));
    }
    return words.toArray();
  }
}
