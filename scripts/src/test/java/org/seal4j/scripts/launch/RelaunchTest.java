package org.seal4j.scripts.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seal4j.scripts.Main;

/**
 * A JVM started without any of our flags, as by {@code java -jar}, must do its work all the same.
 */
@Timeout(60)
class RelaunchTest {

  @Test
  void a_plain_java_starts_over_with_the_flags_and_hands_its_output_through() throws Exception {
    Finished finished = plainJava(List.of(), "version");
    assertThat(finished.output).contains("ND4J 1.0.0-M2.1");
    assertThat(finished.code).isZero();
  }

  @Test
  void the_exit_code_of_the_second_process_is_passed_on() throws Exception {
    Finished finished = plainJava(List.of(), "run", "no-such-recipe");
    assertThat(finished.output).contains("there is no recipe 'no-such-recipe'");
    assertThat(finished.code).isEqualTo(2);
  }

  @Test
  void a_second_process_that_still_lacks_flags_says_so_instead_of_starting_a_third()
      throws Exception {
    Finished finished = plainJava(List.of(Relaunch.MARK), "version");
    assertThat(finished.output)
        .contains("this Java cannot be started with [OPENBLAS_NUM_THREADS=1");
    assertThat(finished.code).isEqualTo(2);
  }

  private record Finished(int code, String output) {}

  private static Finished plainJava(List<String> marks, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    LaunchFlags.forThisJava().environment().keySet().forEach(builder.environment()::remove);
    marks.forEach(mark -> builder.environment().put(mark, "1"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.waitFor(), output);
  }
}
