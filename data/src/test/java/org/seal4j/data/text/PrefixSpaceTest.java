package org.seal4j.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;

/** What is expected was tried with transformers 4.57.6. */
class PrefixSpaceTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir Path folder;

  @BeforeEach
  void train_a_tokenizer() {
    BpeTrainerConfig config =
        new BpeTrainerConfig(
            BpeTrainerConfig.Alphabet.BYTES, 265, 1, List.of("<s>", "</s>"), "<s>", "</s>");
    BpeTrainer.train(List.of("a cat and a rat"), config).write(folder);
  }

  /** Sets a key of a file of the folder. */
  private void edit(String file, String key, String value) throws IOException {
    Path path = folder.resolve(file);
    ObjectNode root = (ObjectNode) MAPPER.readTree(path.toFile());
    JsonNode json = MAPPER.readTree(value);
    root.set(key, json);
    MAPPER.writeValue(path.toFile(), root);
  }

  @ParameterizedTest
  @CsvSource({
    "true,  true,  true",
    "true,  false, false",
    "true,  ,      false",
    "true,  null,  true",
    "false, true,  true",
    "false, ,      false"
  })
  void a_step_of_bytes_goes_by_the_configuration_which_means_no_blank_where_it_says_nothing(
      boolean step, @Nullable String setting, boolean expected) throws IOException {
    edit(
        "tokenizer.json",
        "pre_tokenizer",
        "{\"type\": \"ByteLevel\", \"add_prefix_space\": %s, \"use_regex\": true}".formatted(step));
    if (setting != null) {
      edit(SpecialTokens.CONFIG, "add_prefix_space", setting);
    }
    Tokenizer tokenizer = Tokenizers.load(folder);
    assertThat(tokenizer.decode(tokenizer.encode("cat"))).isEqualTo(expected ? " cat" : "cat");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "always | true  |       |",
        "always | true  | true  |",
        "always | true  | false | /add_prefix_space is true; expected null, since legacy is false",
        "always | false |       | /add_prefix_space is false; expected true, which tokenizer.json",
        "always | null  | false |",
        "first  | true  | false |",
        "first  | true  |       | expected null, since legacy is true and tokenizer.json is not",
        "never  | false |       |",
        "never  | true  | false | /add_prefix_space is true; expected false, which tokenizer.json"
      })
  void llama_is_read_where_the_file_does_what_the_settings_say(
      String scheme, String setting, @Nullable String legacy, @Nullable String refusal)
      throws IOException {
    edit(
        "tokenizer.json",
        "pre_tokenizer",
        "{\"type\": \"Metaspace\", \"replacement\": \"▁\", \"prepend_scheme\": \"%s\"}"
            .formatted(scheme));
    edit(SpecialTokens.CONFIG, "tokenizer_class", "\"LlamaTokenizer\"");
    edit(SpecialTokens.CONFIG, "add_prefix_space", setting);
    if (legacy != null) {
      edit(SpecialTokens.CONFIG, "legacy", legacy);
    }
    if (refusal == null) {
      assertThat(Tokenizers.load(folder).vocabSize()).isPositive();
    } else {
      assertThatThrownBy(() -> Tokenizers.load(folder))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(refusal);
    }
  }
}
