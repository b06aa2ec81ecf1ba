package org.seal4j.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;

/** What stands before a text, as transformers 4.57 and 5.24 have it. */
class SpecialTokensTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CONFIG = SpecialTokens.CONFIG;

  @TempDir private Path folder;

  @BeforeEach
  void train_a_tokenizer_whose_template_puts_a_beginning() {
    BpeTrainerConfig config =
        new BpeTrainerConfig(
            BpeTrainerConfig.Alphabet.BYTES, 265, 1, List.of("<s>", "</s>"), "<s>", "</s>");
    BpeTrainer.train(List.of("a cat and a rat"), config).write(folder);
  }

  /** Merges these members into a file of the folder; null takes one away. */
  private void edit(String file, String members) throws IOException {
    Path path = folder.resolve(file);
    ObjectNode root =
        Files.exists(path)
            ? (ObjectNode) MAPPER.readTree(path.toFile())
            : MAPPER.createObjectNode();
    for (var member : MAPPER.readTree(members).properties()) {
      if (member.getValue().asText().equals("GONE")) {
        root.remove(member.getKey());
      } else {
        root.set(member.getKey(), member.getValue());
      }
    }
    MAPPER.writeValue(path.toFile(), root);
  }

  private @Nullable Integer first() {
    OptionalInt bos = Tokenizers.load(folder).bos();
    return bos.isPresent() ? bos.getAsInt() : null;
  }

  /** Class, add_bos_token, whether there is a template, and the id before a text. */
  @ParameterizedTest
  @CsvSource({
    "LlamaTokenizer,          true,  template, 0",
    "LlamaTokenizer,          false, template, ",
    "LlamaTokenizer,          null,  template, ",
    "LlamaTokenizer,          GONE,  template, 0",
    "LlamaTokenizerFast,      true,  none,     0",
    "LlamaTokenizer,          false, none,     ",
    "LlamaTokenizer,          GONE,  none,     0",
    "CodeLlamaTokenizerFast,  GONE,  none,     0",
    "GPTNeoXTokenizerFast,    GONE,  template, ",
    "GPTNeoXTokenizerFast,    GONE,  none,     ",
    "Qwen2Tokenizer,          GONE,  none,     ",
    "GemmaTokenizer,          false, template, ",
    "GPT2Tokenizer,           true,  none,     ",
    "GPT2Tokenizer,           false, template, 0",
    "PreTrainedTokenizerFast, GONE,  none,     ",
    "PreTrainedTokenizerFast, GONE,  template, 0",
    "Qwen2Tokenizer,          true,  none,     ",
    "GONE,                    false, none,     ",
    "GONE,                    true,  none,     0"
  })
  void the_template_decides_unless_the_class_goes_by_the_setting(
      String type, String add, String template, @Nullable Integer expected) throws IOException {
    String value = add.equals("GONE") ? "\"GONE\"" : add;
    edit(CONFIG, "{\"tokenizer_class\": \"%s\", \"add_bos_token\": %s}".formatted(type, value));
    if (template.equals("none")) {
      edit("tokenizer.json", "{\"post_processor\": null}");
    }
    assertThat(first()).isEqualTo(expected);
  }

  @Test
  void a_beginning_that_no_file_names_is_refused_where_it_is_asked_for() throws IOException {
    edit(
        CONFIG,
        "{\"tokenizer_class\": \"LlamaTokenizer\", \"add_bos_token\": true, \"bos_token\": null}");
    assertThatThrownBy(() -> Tokenizers.load(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "/add_bos_token is true; expected false, for no file names a bos_token");
  }

  @Test
  void the_older_map_corrects_a_configuration_of_the_older_form_alone() throws IOException {
    String add = "\"tokenizer_class\": \"LlamaTokenizer\", \"add_bos_token\": true";
    edit("tokenizer.json", "{\"post_processor\": null}");
    edit(SpecialTokens.MAP, "{\"bos_token\": \"</s>\"}");
    edit(CONFIG, "{%s, \"bos_token\": \"<s>\", \"added_tokens_decoder\": \"GONE\"}".formatted(add));
    assertThat(first()).isEqualTo(1);
    edit(CONFIG, "{\"added_tokens_decoder\": {\"0\": {\"content\": \"<s>\", \"special\": true}}}");
    assertThat(first()).isEqualTo(0);
    edit(CONFIG, "{\"add_bos_token\": false, \"bos_token\": null}");
    assertThat(first()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"add_eos_token\": true}|/add_eos_token is true; expected false: an end behind",
        "{\"split_special_tokens\": true}|/split_special_tokens is true; expected false",
        "{\"add_prefix_space\": true}|/add_prefix_space is true; expected false, which"
            + " tokenizer.json",
        "{\"additional_special_tokens\": [\"<s>\", \"<turn>\"]}|/additional_special_tokens/1 is"
            + " \"<turn>\"; expected a token",
        "{\"extra_special_tokens\": {\"turn\": \"<turn>\"}}|/extra_special_tokens/turn is",
        "{\"extra_special_tokens\": [\"<turn>\"]}|/extra_special_tokens/0 is",
        "{\"added_tokens_decoder\": {\"9999\": {\"content\": \"<turn>\"}}}|the next one that is"
            + " free is",
        "{\"added_tokens_decoder\": {\"7\": {\"content\": \"</s>x\"}}}|gives '</s>x' the id 7",
        "{\"added_tokens_decoder\": {\"7\": {\"content\": \"a\"}}}|gives 'a' the id 7"
      })
  void settings_that_change_ids_are_refused_by_name(String setting, String message)
      throws IOException {
    edit(CONFIG, "{\"tokenizer_class\": \"LlamaTokenizer\", \"added_tokens_decoder\": \"GONE\"}");
    edit(CONFIG, setting);
    assertThatThrownBy(() -> Tokenizers.load(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void tokens_of_the_configuration_are_added_to_those_of_the_file() throws IOException {
    int next = Tokenizers.load(folder).vocabSize();
    edit(
        CONFIG,
        "{\"added_tokens_decoder\": {\"%d\": {\"content\": \"<|turn|>\", \"special\": true}}}"
            .formatted(next));
    Tokenizer tokenizer = Tokenizers.load(folder);
    assertThat(tokenizer.encode("<|turn|>")).containsExactly(next);
    assertThat(tokenizer.decode(new int[] {next})).isEmpty();
  }

  /** In the older form the map counts for a role, in the newer one the configuration alone. */
  @Test
  void only_the_file_that_counts_for_a_role_makes_a_token_special() throws IOException {
    int a = Tokenizers.load(folder).encode("a")[0];
    edit(CONFIG, "{\"pad_token\": \"a\", \"added_tokens_decoder\": \"GONE\"}");
    assertThat(Tokenizers.load(folder).decode(new int[] {a})).as("pad is special").isEmpty();
    edit(SpecialTokens.MAP, "{\"pad_token\": \"<s>\"}");
    assertThat(Tokenizers.load(folder).decode(new int[] {a})).as("pad is another").isEqualTo("a");
    edit(SpecialTokens.MAP, "{\"additional_special_tokens\": [\"a\"]}");
    assertThat(Tokenizers.load(folder).decode(new int[] {a})).as("older form").isEmpty();
    edit(CONFIG, "{\"added_tokens_decoder\": {\"0\": {\"content\": \"<s>\", \"special\": true}}}");
    edit(CONFIG, "{\"pad_token\": \"<s>\"}");
    assertThat(Tokenizers.load(folder).decode(new int[] {a})).as("newer form").isEqualTo("a");
    edit(CONFIG, "{\"extra_special_tokens\": [\"a\"]}");
    assertThat(Tokenizers.load(folder).decode(new int[] {a})).as("transformers 5").isEmpty();
  }

  /** Part of a template, what its list says of the name, and the message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"SpecialToken\": {\"id\": \"B\"}}, {\"Sequence\": {\"id\": \"A\"}}]|[1]|",
        "[{\"SpecialToken\": {\"id\": \"B\"}}, {\"Sequence\": {\"id\": \"A\"}}]|[1, 0]|one id of",
        "[{\"SpecialToken\": {\"id\": \"B\"}}, {\"Sequence\": {\"id\": \"A\"}}]|[9999]|one id of",
        "[{\"SpecialToken\": {\"id\": \"CC\"}}, {\"Sequence\": {\"id\": \"A\"}}]|[1]|a token of"
            + " the",
        "[{\"SpecialToken\": {\"id\": \"B\"}}]|[1]|where the text goes",
        "[{\"SpecialToken\": {\"id\": \"B\"}}, {\"SpecialToken\": {\"id\": \"<s>\"}},"
            + " {\"Sequence\": {\"id\": \"A\"}}]|[1]|only one special token before it"
      })
  void a_template_goes_by_its_own_list_of_ids(String single, String ids, @Nullable String message)
      throws IOException {
    edit(CONFIG, "{\"add_bos_token\": \"GONE\"}");
    JsonNode list = MAPPER.readTree("{\"B\": {\"id\": \"B\", \"ids\": %s}}".formatted(ids));
    edit(
        "tokenizer.json",
        "{\"post_processor\": {\"type\": \"TemplateProcessing\", \"single\": %s, \"pair\": [],"
                .formatted(single)
            + " \"special_tokens\": %s}}".formatted(list));
    if (message == null) {
      assertThat(first()).isEqualTo(1);
    } else {
      assertThatThrownBy(this::first)
          .isInstanceOf(InputException.class)
          .hasMessageContaining(message);
    }
  }
}
