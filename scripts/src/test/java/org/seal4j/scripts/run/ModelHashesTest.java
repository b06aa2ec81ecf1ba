package org.seal4j.scripts.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelHashesTest {
  @TempDir Path folder;

  private Path file(String name) throws IOException {
    return Files.writeString(folder.resolve(name), name);
  }

  @Test
  void every_part_of_a_model_folder_has_a_hash_of_its_content() throws IOException {
    file("config.json");
    file("model.safetensors");
    Path tokenizer = file("tokenizer.json");
    file("chat_template.jinja");
    file("README.md");
    Map<String, String> before = ModelHashes.of(folder);
    assertThat(before.keySet())
        .containsExactly(
            "model.path/chat_template.jinja",
            "model.path/config.json",
            "model.path/model.safetensors",
            "model.path/tokenizer.json");
    Files.writeString(tokenizer, "another");
    Map<String, String> after = ModelHashes.of(folder);
    assertThat(after)
        .doesNotContainEntry("model.path/tokenizer.json", before.get("model.path/tokenizer.json"));
    assertThat(after).containsEntry("model.path/config.json", before.get("model.path/config.json"));
  }

  @Test
  void a_checkpoint_in_one_file_counts_with_the_tokenizer_beside_it() throws IOException {
    Path model = file("stories.bin");
    file("tokenizer.bin");
    file("other.bin");
    assertThat(ModelHashes.of(model))
        .containsOnlyKeys("model.path/stories.bin", "model.path/tokenizer.bin");
  }

  @Test
  void a_gguf_file_counts_alone() throws IOException {
    Path model = file("model.gguf");
    file("other.gguf");
    file("tokenizer.json");
    assertThat(ModelHashes.of(model)).containsOnlyKeys("model.path/model.gguf");
  }
}
