package org.seal4j.scripts.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;

class EncodingTest {

  @ParameterizedTest
  @CsvSource({
    "UTF-8,true",
    "ISO-8859-1,true",
    "Cp1252,true",
    "ANSI_X3.4-1968,false",
    "US-ASCII,false"
  })
  void the_encodings_of_the_locales_C_and_POSIX_do_not_read_everything(
      String encoding, boolean all) {
    assertThat(Encoding.readsAll(encoding)).isEqualTo(all);
  }

  @Test
  void a_word_with_unreadable_bytes_is_refused_by_its_place() {
    assertThatThrownBy(() -> Encoding.requireReadable(List.of("run", "--out", "Zo\uFFFD\uFFFD")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("word 3 of the command line, 'Zo\uFFFD\uFFFD', holds bytes")
        .hasMessageContaining("LC_ALL=C.UTF-8");
    assertThatCode(() -> Encoding.requireReadable(List.of("Zoë", "\uD83D\uDE00", "")))
        .doesNotThrowAnyException();
  }
}
