package org.seal4j.data.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;

/** What stands before the tensors: read as written, and refused by file and field. */
class GgufHeaderTest {
  private static final int VERSION = 4;
  private static final int TENSORS = 8;
  private static final int KEYS = 16;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("model.gguf");
  }

  private void write(Consumer<GgufWriter> more) {
    GgufWriter writer = new GgufWriter();
    writer.text("general.architecture", "llama");
    writer.number("llama.block_count", 3);
    writer.number("llama.rope.freq_base", 1e-5f);
    writer.flag("yes", true);
    writer.texts("words", List.of("a", "é", ""));
    writer.integers("ids", List.of(-1, 7));
    writer.floats("scores", List.of(0.5f, -2f));
    writer.tensor("first", new long[] {2, 3}, GgufType.F32, () -> ByteBuffer.allocate(24));
    writer.tensor("second", new long[] {2, 32}, GgufType.Q8_0, () -> ByteBuffer.allocate(68));
    more.accept(writer);
    writer.write(file());
  }

  /** A sound file with some bytes changed. */
  private void change(Consumer<ByteBuffer> change) throws IOException {
    write(writer -> {});
    byte[] bytes = Files.readAllBytes(file());
    change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    Files.write(file(), bytes);
  }

  private int placeOf(String text) throws IOException {
    write(writer -> {});
    return new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1).indexOf(text);
  }

  private void assertRefused(String said) {
    assertThatThrownBy(() -> GgufHeader.read(file()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining(said);
  }

  @Test
  void what_was_written_is_read() {
    write(writer -> {});
    GgufHeader header = GgufHeader.read(file());
    GgufKeys keys = header.keys();
    assertThat(keys.text("general.architecture")).isEqualTo("llama");
    assertThat(keys.count("llama.block_count")).isEqualTo(3);
    assertThat(keys.number("llama.rope.freq_base")).isEqualTo(1e-5);
    assertThat(keys.flag("yes", false)).isTrue();
    assertThat(keys.texts("words")).containsExactly("a", "é", "");
    assertThat(keys.integers("ids")).containsExactly(-1, 7);
    assertThat(keys.numbers("scores")).containsExactly(0.5f, -2f);
    GgufTensor second = header.tensors().get("second");
    assertThat(header.tensors().keySet()).containsExactly("first", "second");
    assertThat(second.shape()).containsExactly(2, 32);
    assertThat(second.type()).isEqualTo(GgufType.Q8_0);
    assertThat(second.bytes()).isEqualTo(68);
    assertThat(second.begin()).isEqualTo(header.tensors().get("first").begin() + 32);
  }

  @Test
  void version_2_is_read_and_others_are_refused() throws IOException {
    change(bytes -> bytes.putInt(VERSION, 2));
    assertThat(GgufHeader.read(file()).tensors()).hasSize(2);
    change(bytes -> bytes.putInt(VERSION, 1));
    assertRefused("of version 1; versions 2 and 3 are read");
    change(bytes -> bytes.putInt(VERSION, 0x03000000));
    assertRefused("is a big-endian GGUF file");
    change(bytes -> bytes.putInt(0, 1));
    assertRefused("is no GGUF file");
  }

  @ParameterizedTest
  @CsvSource({"-1", "9223372036854775807", "4611686018427387904", "1000000"})
  void counts_beyond_the_file_are_refused(long count) throws IOException {
    change(bytes -> bytes.putLong(TENSORS, count));
    assertRefused("the number of tensors is " + Long.toUnsignedString(count));
    change(bytes -> bytes.putLong(KEYS, count));
    assertRefused("the number of keys is " + Long.toUnsignedString(count));
  }

  @Test
  void a_file_that_was_cut_anywhere_is_refused() throws IOException {
    write(writer -> {});
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length - 28; length++) { // the last padding is none's
      Files.write(file(), Arrays.copyOf(whole, length));
      assertRefused("");
    }
  }

  @Test
  void lengths_and_types_of_values_are_refused_by_their_key() throws IOException {
    int text = placeOf("general.architecture") + "general.architecture".length();
    change(bytes -> bytes.putLong(text + 4, 1L << 50));
    assertRefused("general.architecture would take 1125899906842624 bytes");
    change(bytes -> bytes.putInt(text, 13));
    assertRefused("the key general.architecture is of type 13; expected 0 to 12");
    int list = placeOf("words") + "words".length();
    change(bytes -> bytes.putInt(list + 4, 9));
    assertRefused("the key words is a list of lists, which is not read");
    change(bytes -> bytes.putLong(list + 8, 1L << 40));
    assertRefused("the length of the list words is 1099511627776");
    change(bytes -> bytes.put(list + 24 + 1 + 8, (byte) 0xff));
    assertThatThrownBy(() -> GgufHeader.read(file()).keys().texts("words"))
        .hasMessage(file() + ": words[1] is not UTF-8");
  }

  @Test
  void tensors_that_lie_are_refused_by_name() throws IOException {
    int second = placeOf("second") + "second".length();
    change(bytes -> bytes.putInt(second, 5));
    assertRefused("tensor second has 5 dimensions; expected 1 to 4");
    change(bytes -> bytes.putLong(second + 4, 33));
    assertRefused("tensor second has rows of 33 values but Q8_0 stores blocks of 32");
    change(bytes -> bytes.putLong(second + 12, 1L << 40));
    assertRefused("tensor second has the shape [1099511627776, 32], which no tensor can have");
    change(bytes -> bytes.putLong(second + 12, 1 << 20));
    assertRefused("tensor second of 35651584 bytes at offset 32 ends behind the file's end");
    change(bytes -> bytes.putInt(second + 20, 39));
    assertRefused("tensor second is of type MXFP4, which is not read; read are F32, F16, Q4_0");
    change(bytes -> bytes.putLong(second + 24, 5));
    assertRefused("tensor second begins at offset 5, which is no multiple of the alignment 32");
    change(bytes -> bytes.putLong(second + 24, 0));
    assertRefused("the tensors first and second overlap");
  }

  @Test
  void a_key_or_a_tensor_that_stands_twice_is_refused() throws IOException {
    int yes = placeOf("yes");
    write(writer -> writer.flag("ids", true));
    change(bytes -> bytes.put(yes, (byte) 'i').put(yes + 1, (byte) 'd').put(yes + 2, (byte) 's'));
    assertRefused("");
    write(
        writer ->
            writer.tensor("third!", new long[] {1}, GgufType.F32, () -> ByteBuffer.allocate(4)));
    String text = new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1);
    byte[] twice = text.replace("third!", "second").getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file(), twice);
    assertRefused("the tensor second stands twice");
  }

  @Test
  void a_key_of_another_type_is_refused_with_what_it_is() {
    write(writer -> {});
    GgufKeys keys = GgufHeader.read(file()).keys();
    assertThatThrownBy(() -> keys.count("general.architecture"))
        .hasMessage(file() + ": general.architecture is a text; expected an integer");
    assertThatThrownBy(() -> keys.text("words"))
        .hasMessage(file() + ": words is a list of 3 (each a text); expected a text");
    assertThatThrownBy(() -> keys.numbers("missing"))
        .hasMessage(file() + " lacks the key missing; expected a list of numbers");
    assertThatThrownBy(() -> keys.id("llama.block_count", 3))
        .hasMessage(file() + ": llama.block_count is 3; expected an id from 0 to 2");
  }
}
