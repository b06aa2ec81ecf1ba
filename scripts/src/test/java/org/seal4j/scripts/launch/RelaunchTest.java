package org.seal4j.scripts.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.scripts.Main;

/**
 * A JVM started without any of our flags, as by {@code java -jar}, must do its work all the same.
 */
@Timeout(60)
class RelaunchTest {

  @Test
  @Tag("slow")
  void a_plain_java_starts_over_with_the_flags_and_hands_its_output_through() throws Exception {
    Finished finished = plainJava(List.of(), "version");
    assertThat(finished.output).contains("ND4J 1.0.0-M2.1");
    assertThat(finished.code).isZero();
  }

  @Test
  @Tag("slow")
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

  @Test
  @Tag("slow")
  void a_plain_java_under_the_locale_C_reads_file_names_in_UTF_8_and_refuses_unreadable_words(
      @TempDir Path folder) throws Exception {
    assumeTrue(Encoding.readsAll(), "the tests themselves run under a locale without UTF-8");
    Path recipe = Files.createDirectory(folder.resolve("Zoë")).resolve("r.yaml");
    Files.writeString(recipe, "extends: zoë-quick\n");
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), recipe);
    Finished finished = plainJava(List.of("LC_ALL=C"), "recipes", "show", link.toString());
    assertThat(finished.output).contains("extends: zoë-quick");
    assertThat(finished.code).isZero();
    Finished unreadable = plainJava(List.of("LC_ALL=C"), "recipes", "show", "zo\uFFFD.yaml");
    assertThat(unreadable.output)
        .startsWith("seal: word 3 of the command line, 'zo")
        .contains("holds bytes that are not readable as ASCII")
        .hasLineCount(1);
    assertThat(unreadable.code).isEqualTo(2);
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
    for (String mark : marks) {
      String[] pair = mark.split("=", 2);
      builder.environment().put(pair[0], pair.length == 2 ? pair[1] : "1");
    }
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.waitFor(), output);
  }
}
