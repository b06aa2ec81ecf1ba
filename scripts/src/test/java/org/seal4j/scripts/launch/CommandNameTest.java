package org.seal4j.scripts.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandNameTest {
  @Test
  void a_command_is_named_as_it_was_called() {
    assertThat(CommandName.of("scripts/seal", "x.jar")).isEqualTo("scripts/seal");
    assertThat(CommandName.of(null, "my jars/seal.jar")).isEqualTo("java -jar 'my jars/seal.jar'");
    assertThat(CommandName.of(" ", "classes" + java.io.File.pathSeparator + "a.jar"))
        .isEqualTo("seal");
  }

  @Test
  void a_command_that_used_jars_of_ones_own_names_them_again() {
    assertThat(CommandName.with("my parts:b.jar", List.of("run", "--resume", "runs/a b")))
        .isEqualTo("SEAL_CLASSPATH='my parts:b.jar' seal run --resume 'runs/a b'");
    assertThat(CommandName.with("", List.of("run"))).isEqualTo("seal run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {"runs/a-1.x|runs/a-1.x", "a b|'a b'", "it's|'it'\\''s'", "$HOME|'$HOME'"})
  void words_are_quoted_as_a_shell_needs_them(String word, String quoted) {
    assertThat(CommandName.quoted(word)).isEqualTo(quoted);
  }
}
