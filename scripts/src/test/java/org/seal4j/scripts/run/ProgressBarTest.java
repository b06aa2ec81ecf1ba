package org.seal4j.scripts.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long seconds;

  private ProgressBar bar(boolean terminal) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new ProgressBar(out, terminal, new Screen(80), () -> seconds * 1_000_000_000L);
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** One part of 100 steps, one step each second. */
  private void work(ProgressBar bar) {
    bar.start("pretrain", 100);
    for (int i = 1; i <= 100; i++) {
      seconds++;
      bar.step(i, "loss 0.5");
    }
    bar.end();
  }

  @Test
  void a_terminal_shows_one_line_with_bar_rate_and_time_left() {
    work(bar(true));
    List<String> states = List.of(shown().split("\r"));
    assertThat(states.get(1).stripTrailing())
        .isEqualTo("pretrain [........................] 0/100");
    assertThat(states.get(26).stripTrailing())
        .isEqualTo("pretrain [######..................] 25/100, 1.0/s, 1 min 15 s left, loss 0.5");
    assertThat(states).last().asString().startsWith("pretrain: 100 in 1 min 40 s, 1.0/s, loss 0.5");
    assertThat(shown()).containsOnlyOnce("\n").endsWith("\n");
  }

  @Test
  void a_narrow_terminal_gets_the_part_its_count_and_the_time_left() {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    ProgressBar bar = new ProgressBar(out, true, new Screen(40), () -> seconds * 1_000_000_000L);
    bar.start("train (round 1): evaluating edits", 100);
    seconds = 10;
    bar.step(1, "");
    seconds = 19;
    bar.step(10, "3 solved");
    assertThat(List.of(shown().split("\r")))
        .allSatisfy(line -> assertThat(line.stripTrailing()).hasSizeLessThan(40))
        .last()
        .asString()
        .startsWith("evaluating edits 10/100, 1.0/s, 1 min ");
  }

  @Test
  void a_shorter_line_wipes_out_the_longer_one_before_it() {
    ProgressBar bar = bar(true);
    bar.start("part", 2);
    seconds = 5;
    bar.step(1, "a long note");
    int longest = List.of(shown().split("\r")).get(2).length();
    seconds = 10;
    bar.step(2, "");
    assertThat(List.of(shown().split("\r")).get(3)).hasSize(longest);
  }

  @Test
  void a_terminal_is_not_redrawn_more_often_than_an_eye_can_follow() {
    ProgressBar bar = bar(true);
    bar.start("fast", 1000);
    for (int i = 1; i <= 1000; i++) {
      bar.step(i, "");
    }
    assertThat(shown().chars().filter(c -> c == '\r').count()).isEqualTo(1);
  }

  @Test
  void elsewhere_a_plain_line_comes_now_and_then_and_one_at_the_end() {
    work(bar(false));
    assertThat(shown().lines())
        .containsExactly(
            "pretrain 10/100, 1.0/s, 1 min 30 s left, loss 0.5",
            "pretrain 40/100, 1.0/s, 1 min 00 s left, loss 0.5",
            "pretrain 70/100, 1.0/s, 30 s left, loss 0.5",
            "pretrain 100/100, 1.0/s, loss 0.5",
            "pretrain: 100 in 1 min 40 s, 1.0/s, loss 0.5");
  }

  @Test
  void slow_steps_are_shown_in_seconds_each() {
    ProgressBar bar = bar(false);
    bar.start("edits", 4);
    seconds = 20;
    bar.step(1, "");
    seconds = 60;
    bar.step(3, "");
    assertThat(shown()).isEqualTo("edits 1/4\nedits 3/4, 20.0 s each, 20 s left\n");
  }

  @Test
  void the_first_step_with_its_start_up_says_nothing_about_the_time_left() {
    ProgressBar bar = bar(true);
    bar.start("edits", 60);
    seconds = 14;
    bar.step(1, "");
    assertThat(shown()).endsWith("1/60").doesNotContain("left", "each");
    for (int i = 2; i <= 11; i++) {
      seconds++;
      bar.step(i, "");
    }
    assertThat(List.of(shown().split("\r"))).last().asString().endsWith("11/60, 1.0/s, 49 s left");
  }

  @Test
  void an_unknown_total_shows_the_count_and_no_bar() {
    ProgressBar bar = bar(true);
    bar.start("waiting", 0);
    seconds = 1;
    bar.step(1, "");
    seconds = 3;
    bar.step(4, "");
    bar.end();
    assertThat(shown()).contains("\rwaiting 4, 1.5/s").doesNotContain("[", "left");
  }

  @Test
  void what_an_earlier_run_did_says_nothing_about_the_speed() {
    ProgressBar bar = bar(true);
    bar.start("pretrain", 100);
    bar.resume(60, "from a checkpoint");
    for (int i = 61; i <= 80; i++) {
      seconds += 2;
      bar.step(i, "");
    }
    bar.end();
    List<String> states = List.of(shown().split("\r"));
    assertThat(states.get(2).stripTrailing())
        .isEqualTo("pretrain [##############..........] 60/100, from a checkpoint");
    assertThat(states.get(states.size() - 2).stripTrailing())
        .endsWith("80/100, 2.0 s each, 40 s left");
    assertThat(states).last().asString().startsWith("pretrain: 80 (60 before) in 40 s, 2.0 s each");
  }

  @Test
  void a_part_in_which_nothing_happens_leaves_no_line() {
    ProgressBar plain = bar(false);
    plain.start("writing edits", 0);
    plain.end();
    assertThat(shown()).isEmpty();
    ProgressBar watched = bar(true);
    watched.start("writing edits", 0);
    watched.end();
    assertThat(shown()).doesNotContain("\n").endsWith("\r");
  }

  @ParameterizedTest
  @CsvSource({"0,0 s", "59.4,59 s", "59.6,1 min 00 s", "185,3 min 05 s", "7805,2 h 10 min"})
  void times_read_as_a_person_says_them(double seconds, String words) {
    assertThat(ProgressBar.time(seconds)).isEqualTo(words);
  }

  @Test
  void a_terminal_is_told_from_a_file_and_a_pipe() {
    assertThat(Terminal.isTerminal(Path.of("/dev/pts/3"))).isTrue();
    assertThat(Terminal.isTerminal(Path.of("/dev/tty1"))).isTrue();
    assertThat(Terminal.isTerminal(Path.of("/dev/null"))).isFalse();
    assertThat(Terminal.isTerminal(Path.of("pipe:[123]"))).isFalse();
    assertThat(Terminal.isTerminal(Path.of("/tmp/log.txt"))).isFalse();
  }
}
