package org.seal4j.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.UntrustedPattern.Dialect;

class UntrustedPatternTest {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  private static UntrustedPattern perl(String expression) {
    return perl(expression, Duration.ofSeconds(UntrustedPattern.SECONDS));
  }

  private static UntrustedPattern perl(String expression, Duration limit) {
    return new UntrustedPattern(expression, Dialect.PERL, "a.json: /target", limit);
  }

  private static List<String> matches(String expression, String text) {
    List<String> found = new ArrayList<>();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    new UntrustedPattern(expression, Dialect.ONIGURUMA, "a.json: /split")
        .places(
            utf8,
            (start, end) ->
                found.add(new String(utf8, start, end - start, StandardCharsets.UTF_8)));
    return found;
  }

  @Test
  void a_text_matches_as_a_whole_or_not_at_all() {
    UntrustedPattern names = perl("q_proj|.*\\.(?!vision)\\w+\\.v_proj");
    assertThat(names.matches("q_proj")).isTrue();
    assertThat(names.matches("model.layers.v_proj")).isTrue();
    assertThat(names.matches("model.vision.v_proj")).isFalse();
    assertThat(names.matches("q_proj.weight")).isFalse();
  }

  /** More than the 256 instructions after which Joni looks at the time. */
  @Test
  void what_needs_many_steps_is_not_taken_for_what_needs_much_time() {
    UntrustedPattern names = perl(".*[a-z_]*model.*");
    assertThat(names.matches("base.layers.12.self_attn.k_proj.model")).isTrue();
    assertThat(names.matches("base.layers.12.self_attn.k_proj.layers.0.self_attn")).isFalse();
  }

  @Test
  void places_are_bytes_and_go_from_left_to_right() {
    assertThat(matches("[[:alpha:]]+|\\h{2}", "é12 ßb!7f")).containsExactly("é", "12", "ßb", "7f");
  }

  @Test
  void time_in_which_others_have_the_processor_does_not_count() {
    byte[] utf8 = "a b".getBytes(StandardCharsets.UTF_8);
    List<Integer> ends = new ArrayList<>();
    new UntrustedPattern("[ab]", Dialect.ONIGURUMA, "a.json: /split", SHORT)
        .places(
            utf8,
            (start, end) -> {
              ends.add(end);
              LockSupport.parkNanos(SHORT.multipliedBy(2).toNanos());
            });
    assertThat(ends).containsExactly(1, 3);
  }

  @Test
  void an_empty_match_behind_a_match_is_passed_over() {
    assertThat(matches("a*", "aab")).containsExactly("aa", "");
    assertThat(matches("(?=b)|a", "ab中b")).containsExactly("a", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(a+)+[bc]d", "(?:a|a)*[bc]d", ".*.*.*.*.*.*.*.*.*[bc]d", "(a*)*\\1[bc]d"})
  @Tag("slow")
  void an_expression_that_tries_for_ever_is_refused_within_its_time(String expression) {
    String text = "a".repeat(3_000) + "bcd".repeat(3) + "cbx";
    assertTimeoutPreemptively(
        LONGEST,
        () ->
            assertThatThrownBy(() -> perl(expression + "e", SHORT).matches(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.json: /target: the regular expression '")
                .hasMessageContaining("takes more than 0.2 s"));
  }

  @Test
  void a_long_text_overflows_no_stack() {
    String text = "ab".repeat(100_000);
    assertThat(matches("([a-z]|b)+", text)).containsExactly(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "a{99999999}", "[z-a]", "\\", "(?<n>a)(?<n", "(?:(?:(?:){9}){9}){9}"})
  void what_cannot_be_read_is_refused_with_its_source(String expression) {
    assertThatThrownBy(() -> perl(expression))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.json: /target: '")
        .hasMessageContaining("is no regular expression that can be read: ");
  }

  @Test
  void an_expression_may_neither_nest_nor_grow_without_end() {
    String deep = "(".repeat(8_000) + "a" + ")".repeat(8_000);
    assertThatThrownBy(() -> perl(deep))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nests too deep");
    assertThatThrownBy(() -> perl("a|".repeat(10_001)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has 20,002 characters; at most 20,000");
  }
}
