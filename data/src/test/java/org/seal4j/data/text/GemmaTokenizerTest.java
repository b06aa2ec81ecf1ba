package org.seal4j.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufWriter;
import org.seal4j.data.json.Json;

/**
 * The form of Gemma's tokenizers: pieces over characters with bytes for the rest, no blank before a
 * text. Origin of the cases: README.md beside them.
 */
class GemmaTokenizerTest {
  @TempDir Path folder;

  private static Path golden(String name) throws URISyntaxException {
    return Path.of(GemmaTokenizerTest.class.getResource("/golden/gemma-tokenizer/" + name).toURI());
  }

  private static void assertCases(Tokenizer tokenizer) throws URISyntaxException {
    JsonNode cases = Json.read(golden("cases.json"), JsonNode.class);
    assertThat(cases).hasSizeGreaterThan(50);
    for (JsonNode one : cases) {
      String text = one.path("text").asText();
      int[] ids = ids(one);
      assertThat(tokenizer.bos()).hasValue(ids[0]);
      int[] own = tokenizer.encode(text);
      assertThat(own).as("ids of '%s'", text).containsExactly(tail(ids));
      assertThat(tokenizer.decode(own))
          .as("text of '%s'", text)
          .isEqualTo(one.path("decoded").asText());
    }
  }

  private static int[] ids(JsonNode one) {
    return StreamSupport.stream(one.path("ids").spliterator(), false)
        .mapToInt(JsonNode::intValue)
        .toArray();
  }

  private static int[] tail(int[] ids) {
    return Arrays.copyOfRange(ids, 1, ids.length);
  }

  @Test
  void ids_of_odd_texts_are_those_of_the_reference() throws URISyntaxException {
    assertCases(Tokenizers.load(golden("tokenizer.json")));
  }

  @Test
  void a_gguf_file_of_it_gives_the_same_ids_and_so_does_the_folder_made_of_that()
      throws URISyntaxException {
    Path file = folder.resolve("words.gguf");
    GgufWriter writer = new GgufWriter();
    int count = Tokenizers.load(golden("tokenizer.json")).vocabSize();
    GgufTokenizerKeys.write(golden("tokenizer.json"), count, List.of(1, 6), writer);
    writer.write(file);
    GgufHeader header = GgufHeader.read(file);
    assertThat(header.keys().text("tokenizer.ggml.model")).isEqualTo("llama");
    assertThat(header.keys().flag("tokenizer.ggml.add_space_prefix", true)).isFalse();
    assertThat(header.keys().flag("tokenizer.ggml.add_bos_token", false)).isTrue();
    assertCases(Tokenizers.load(file));
    new GgufTokenizer(header).write(folder);
    assertCases(Tokenizers.load(folder.resolve("tokenizer.json")));
  }
}
