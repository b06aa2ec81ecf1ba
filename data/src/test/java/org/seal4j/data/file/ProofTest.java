package org.seal4j.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;

class ProofTest {
  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void the_proof_is_the_hash_of_the_file_with_zeros_in_its_place() {
    String zeros = "a b\n# seal4j-sha256:" + "0".repeat(64) + "\n";
    String expected = ContentHash.ofBytes(bytes("0".repeat(64) + zeros));
    String proven = new String(Proof.fill(bytes("a b\n# " + Proof.BLANK + "\n")));
    assertThat(proven).isEqualTo("a b\n# seal4j-sha256:" + expected + "\n");
  }

  @Test
  void every_flipped_bit_is_refused_or_takes_the_proof_away() throws IOException {
    byte[] whole = Proof.fill(bytes("some text # " + Proof.BLANK + "\n"));
    Proof.require(whole, "it");
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] changed = whole.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> Proof.require(changed, "it"))
          .as("bit %d", bit)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("it is damaged");
      Path file = folder.resolve("f");
      Files.write(file, changed);
      assertThatThrownBy(() -> Proof.requireFile(file)).isInstanceOf(InputException.class);
    }
  }

  @Test
  void a_file_of_somebody_else_needs_no_proof() {
    assertThat(Proof.check(bytes("no proof"), "it")).isFalse();
    assertThatThrownBy(() -> Proof.require(bytes("no proof"), "it"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("it has no proof");
  }

  @Test
  void the_last_proof_counts_and_content_may_speak_of_proofs() {
    byte[] content = bytes("seal4j-sha256:" + "1".repeat(64) + " # " + Proof.BLANK);
    assertThat(Proof.check(Proof.fill(content), "it")).isTrue();
  }

  @Test
  void a_long_file_is_written_and_checked_in_pieces() throws IOException {
    Path file = folder.resolve("long");
    byte[] tail = new byte[200_000];
    Proof.write(
        file,
        (out, proof) -> {
          out.write(bytes("head " + proof + "|"));
          out.write(tail);
        });
    byte[] whole = Files.readAllBytes(file);
    assertThat(whole).hasSize(tail.length + "head |".length() + Proof.BLANK.length());
    byte[] head = java.util.Arrays.copyOf(whole, 100);
    assertThat(Proof.check(file, head)).isTrue();
    whole[whole.length - 1] ^= 1;
    Files.write(file, whole);
    assertThatThrownBy(() -> Proof.check(file, head)).hasMessageStartingWith(file + " is damaged");
    assertThat(Proof.check(file, bytes("head"))).isFalse();
  }

  @Test
  void a_json_object_gets_the_proof_as_its_last_field() {
    assertThat(Proof.intoJson("{\n  \"a\": 1\n}\n"))
        .isEqualTo("{\n  \"a\": 1,\n  \"proof\": \"" + Proof.BLANK + "\"\n}\n");
  }
}
