package org.seal4j.eval.squad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;

class WordOverlapTest {
  private static final String TEXT =
      "The mill of Tarn was built in 1850 by Ada Brook, who sold it to the town after the flood.";

  private final WordOverlap overlap = WordOverlap.with(TEXT);

  @Test
  void a_line_of_thirteen_words_or_more_has_a_gram_at_each_place() {
    String thirteen = "the MILL of Tarn was built in 1850 by Ada Brook who sold";
    assertThat(overlap.grams(List.of(thirteen))).hasValue(1);
    assertThat(overlap.grams(List.of(thirteen + " the land")))
        .hasValueCloseTo(1.0 / 3, within(1e-12));
    assertThat(overlap.grams(List.of("and " + thirteen))).hasValue(0.5);
  }

  @Test
  void a_shorter_line_is_one_gram_and_a_very_short_one_has_none() {
    assertThat(overlap.grams(List.of("was built in 1850 by"))).hasValue(1);
    assertThat(overlap.grams(List.of("was built in 1851 by", "sold it to the town"))).hasValue(0.5);
    assertThat(overlap.grams(List.of("the mill of Tarn"))).isEmpty();
    assertThat(overlap.grams(List.of())).isEmpty();
  }

  @Test
  void words_that_carry_content_are_counted() {
    assertThat(overlap.words(List.of("Who built the mill?", "A baker")))
        .hasValueCloseTo(2.0 / 3, within(1e-12));
    assertThat(overlap.words(List.of("of the"))).isEmpty();
  }

  @Test
  void the_longest_run_is_counted_in_words() {
    assertThat(overlap.longestRun("When was it built in 1850 by Ada?")).isEqualTo(5);
    assertThat(overlap.longestRun("nothing")).isZero();
    assertThat(overlap.longestRun("")).isZero();
    assertThat(WordOverlap.words("Who sold it, and when?")).isEqualTo(5);
  }

  @Test
  void grams_that_stand_everywhere_are_refused() {
    assertThatThrownBy(() -> new WordOverlap(List.of(), 4))
        .isInstanceOf(InputException.class)
        .hasMessage("a gram needs at least 5 words but has 4");
  }
}
