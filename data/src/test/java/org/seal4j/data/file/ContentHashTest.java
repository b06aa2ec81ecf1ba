package org.seal4j.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;

class ContentHashTest {
  /** FIPS 180-2, appendix B.1: the SHA-256 of "abc". */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void bytes_text_and_file_of_the_same_content_have_the_standard_hash() throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    assertThat(ContentHash.ofText("abc")).isEqualTo(ABC);
    assertThat(ContentHash.ofBytes(new byte[] {'a', 'b', 'c'})).isEqualTo(ABC);
    assertThat(ContentHash.ofFile(file)).isEqualTo(ABC);
  }

  @Test
  void a_file_longer_than_the_buffer_has_the_hash_of_its_bytes() throws IOException {
    byte[] content = new byte[200_003];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31);
    }
    Path file = Files.write(folder.resolve("long"), content);
    assertThat(ContentHash.ofFile(file)).isEqualTo(ContentHash.ofBytes(content));
  }

  @Test
  void where_one_text_ends_counts() {
    assertThat(ContentHash.ofTexts(List.of("ab", "c")))
        .isNotEqualTo(ContentHash.ofTexts(List.of("a", "bc")))
        .isNotEqualTo(ContentHash.ofTexts(List.of("abc")))
        .isEqualTo(ContentHash.ofTexts(List.of("ab", "c")));
  }

  @Test
  void a_missing_file_is_one_sentence() {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> ContentHash.ofFile(none))
        .isInstanceOf(InputException.class)
        .hasMessage("cannot read %s: no such file", none);
  }
}
