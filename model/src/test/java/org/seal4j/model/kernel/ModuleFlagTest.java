package org.seal4j.model.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/** A program that was started without the incubator module is told which flag is missing. */
class ModuleFlagTest {
  /** A program that uses Seal4J. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      try {
        new Scratch();
        System.out.print("computes");
      } catch (InputException e) {
        System.out.print(e.getMessage());
      }
    }
  }

  private static String said(String... flags) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.command().addAll(List.of(flags));
    java.command().add("-cp");
    java.command().add(classPath());
    java.command().add(Program.class.getName());
    Process process = java.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }

  private static String classPath() {
    return Stream.of(Program.class, Scratch.class, Checks.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void one_sentence_names_the_flag_that_is_missing() throws Exception {
    assertThat(said())
        .isEqualTo(
            "Seal4J computes with the Java module jdk.incubator.vector, which this JVM was started"
                + " without; add --add-modules=jdk.incubator.vector to the java command, or start"
                + " with scripts/seal");
  }

  @Test
  void nothing_is_said_where_it_is_there() throws Exception {
    assertThat(said("--add-modules=jdk.incubator.vector")).isEqualTo("computes");
  }
}
