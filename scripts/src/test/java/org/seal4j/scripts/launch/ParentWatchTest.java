package org.seal4j.scripts.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParentWatchTest {
  /** The first process of {@code java -jar}. */
  static final class First {
    public static void main(String[] args) {
      System.exit(
          Relaunch.run(
              Second.class.getName(), List.of(), new LaunchFlags(Map.of(), List.of()), Map.of()));
    }
  }

  /** The process that does the work. */
  static final class Second {
    public static void main(String[] args) throws InterruptedException {
      Relaunch.endWithParent();
      System.out.println(ProcessHandle.current().pid());
      Thread.sleep(60_000);
    }
  }

  @Test
  @Tag("slow")
  void the_second_process_ends_when_the_first_is_killed() throws Exception {
    Process first =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                First.class.getName())
            .start();
    BufferedReader lines = first.inputReader();
    ProcessHandle second = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
    assertThat(second.isAlive()).isTrue();
    first.destroyForcibly();
    second.onExit().get(30, TimeUnit.SECONDS);
    assertThat(second.isAlive()).isFalse();
  }

  @Test
  void this_process_is_the_child_of_its_parent_and_of_nobody_else() {
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    assertThat(ParentWatch.isChildOf(parent)).isTrue();
    assertThat(ParentWatch.isChildOf(ProcessHandle.current().pid())).isFalse();
  }
}
