package org.seal4j.scripts.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StopNoticeTest {
  /** A run that waits until it is told to stop. */
  static final class Waiting {
    public static void main(String[] args) throws InterruptedException {
      PrintWriter out = new PrintWriter(System.out, true);
      try (StopNotice notice = new StopNotice(out, "seal run --resume runs/x")) {
        notice.start("waiting", 3);
        out.println("ready");
        Thread.sleep(60_000);
      }
    }
  }

  private final StringWriter err = new StringWriter();

  @Test
  void a_stopped_run_says_where_it_stands_and_the_command_that_goes_on() {
    try (StopNotice notice = new StopNotice(new PrintWriter(err), "seal run --resume runs/x")) {
      assertThat(notice.sentences())
          .isEqualTo("seal: stopped\n" + "seal: to go on: seal run --resume runs/x\n");
      notice.start("train (round 1): evaluating edits", 9);
      notice.resume(2, "");
      notice.step(5, "");
      assertThat(notice.sentences())
          .startsWith("seal: stopped at 'train (round 1): evaluating edits', 5 of 9\n");
      notice.end();
      assertThat(notice.sentences()).startsWith("seal: stopped\n");
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  @Timeout(60)
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void a_process_that_is_terminated_prints_the_notice_and_ends_with_143() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName())
            .start();
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("ready");
      process.toHandle().destroy(); // Process.destroy() would close the stream too
      assertThat(lines.lines())
          .containsExactly(
              "", "seal: stopped at 'waiting', 0 of 3", "seal: to go on: seal run --resume runs/x");
    }
    assertThat(process.waitFor()).isEqualTo(143);
  }
}
