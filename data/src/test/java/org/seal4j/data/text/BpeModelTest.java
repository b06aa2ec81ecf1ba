package org.seal4j.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;

/** Odd vocabularies of byte-pair encodings. The ids are those of the library tokenizers 0.23.3. */
class BpeModelTest {
  @TempDir private Path folder;

  private Tokenizer tokenizer(String more, String normalizer) throws IOException {
    String json =
        """
        {"added_tokens":[],"normalizer":%s,"model":{"type":"BPE","unk_token":"<unk>",%s,
        "vocab":{"<unk>":0,"a":1,"b":2,"c":3,"ab":4,"bc":5,
        "<0xC3>":6,"<0xA9>":7,"<0xC2>":8,"<0xB2>":9},
        "merges":[["a","b"],["b","c"],["a","b"]]}}
        """
            .formatted(normalizer, more);
    return Tokenizers.load(Files.writeString(folder.resolve("tokenizer.json"), json));
  }

  @ParameterizedTest
  @CsvSource({
    "false,zéa,6 7 0 1",
    "false,éz,6 7 0",
    "false,zzéyb,0 6 7 0 0 2",
    "false,z²é,8 9 6 7 0",
    "false,azéc,1 6 7 0 3",
    "false,zéy²x,6 7 0 8 9 0 0",
    "true,zéa,6 7 0 1",
    "true,zzéyb,6 7 0 2",
    "true,zé,6 7 0",
    "true,zéy²x,6 7 8 9 0"
  })
  void an_unknown_character_stands_behind_the_bytes_that_follow_it(
      boolean fused, String text, String ids) throws IOException {
    Tokenizer tokenizer =
        tokenizer("\"byte_fallback\":true,\"fuse_unk\":%s".formatted(fused), "null");
    assertThat(tokenizer.encode(text)).isEqualTo(numbers(ids));
  }

  private static int[] numbers(String ids) {
    return Arrays.stream(ids.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @Test
  void of_a_merge_listed_twice_the_last_rank_counts() throws IOException {
    assertThat(tokenizer("\"fuse_unk\":false", "null").encode("abc")).containsExactly(1, 5);
  }

  @Test
  void a_step_that_puts_nothing_before_a_text_is_refused() {
    assertThatThrownBy(
            () -> tokenizer("\"fuse_unk\":false", "{\"type\":\"Prepend\",\"prepend\":\"\"}"))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("tokenizer.json", "/normalizer/prepend", "not empty");
  }
}
