package org.seal4j.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;

class TextFileTest {
  @TempDir Path folder;

  @Test
  void a_byte_order_mark_of_UTF_8_is_passed_over() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "\ufeff{\"ß\": \"𝔘\"}");
    assertThat(TextFile.read(file)).isEqualTo("{\"ß\": \"𝔘\"}");
    Files.writeString(file, "\ufeff\ufeff");
    assertThat(TextFile.read(file)).isEqualTo("\ufeff");
    Files.write(file, new byte[0]);
    assertThat(TextFile.read(file)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16, UTF-16",
    "UTF-16LE, UTF-16",
    "UTF-16BE, UTF-16",
    "x-UTF-16LE-BOM, UTF-16",
    "X-UTF-32LE-BOM, UTF-32",
    "X-UTF-32BE-BOM, UTF-32"
  })
  void other_encodings_are_refused_by_name(String encoding, String named) {
    byte[] bytes = "{\"a\": 1}".getBytes(Charset.forName(encoding));
    assertThatThrownBy(() -> TextFile.decode(bytes, "a.json"))
        .isInstanceOf(InputException.class)
        .hasMessage("a.json is %s text, not UTF-8 text; save it as UTF-8", named);
  }

  @Test
  void the_first_byte_that_begins_no_character_is_named() {
    byte[] latin = "one\ntwo\nthr\u00e9e".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> TextFile.decode(latin, "a.yaml"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a.yaml is not UTF-8 text: in line 3, byte 11 (0xE9) begins no character; save it as"
                + " UTF-8");
    byte[] late = ("é".repeat(20_000) + "\n?").getBytes(StandardCharsets.UTF_8);
    assertThat(TextFile.decode(late, "d")).isEqualTo("é".repeat(20_000) + "\n?");
    late[late.length - 1] = (byte) 0xC0;
    assertThatThrownBy(() -> TextFile.decode(late, "d"))
        .hasMessageContaining("line 2, byte 40001 (0xC0)");
    byte[] cut = {'a', (byte) 0xE2, (byte) 0x82};
    assertThatThrownBy(() -> TextFile.decode(cut, "b")).hasMessageContaining("byte 1 (0xE2)");
    byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
    assertThatThrownBy(() -> TextFile.decode(surrogate, "c")).hasMessageContaining("byte 0 (0xED)");
  }

  @Test
  void a_file_that_is_too_long_a_folder_and_nothing_are_one_sentence() throws IOException {
    Path file = Files.writeString(folder.resolve("long.txt"), "12345");
    assertThat(TextFile.read(file, 5)).isEqualTo("12345");
    assertThatThrownBy(() -> TextFile.read(file, 4))
        .isInstanceOf(InputException.class)
        .hasMessage("%s has 5 bytes; a file of this kind has at most 4", file);
    assertThatThrownBy(() -> TextFile.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessage("%s is a folder; expected a file", folder);
    assertThatThrownBy(() -> TextFile.read(folder.resolve("none")))
        .hasMessage("cannot read %s: no such file", folder.resolve("none"));
  }
}
