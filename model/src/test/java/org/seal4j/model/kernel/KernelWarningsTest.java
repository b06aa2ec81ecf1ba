package org.seal4j.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernels alone are built without {@code -Werror}: javac warns of the Vector API's incubator
 * module always. So here they are compiled once more, and that warning must be the only one.
 */
class KernelWarningsTest {
  private static final Path SOURCES = Path.of("src/main/java/org/seal4j/model/kernel");

  @TempDir private Path classes;

  @Test
  @Tag("slow")
  void the_kernels_give_no_warning_but_that_of_the_incubator_module() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.list(SOURCES)) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertThat(sources).hasSizeGreaterThan(5);
    assertThat(warnings(sources)).containsExactly("compiler.warn.incubating.modules");
  }

  @Test
  @Tag("slow")
  void another_warning_is_seen(@TempDir Path folder) throws IOException {
    Path planted = folder.resolve("Planted.java");
    Files.writeString(planted, "class Planted { java.util.List raw; }");
    assertThat(warnings(List.of(planted)))
        .containsExactlyInAnyOrder(
            "compiler.warn.incubating.modules", "compiler.warn.raw.class.use");
  }

  /** The codes of all that javac says of these files. */
  private List<String> warnings(List<Path> sources) throws IOException {
    JavaCompiler javac = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = javac.getStandardFileManager(found, null, null)) {
      List<String> options =
          List.of(
              "-d",
              classes.toString(),
              "-classpath",
              System.getProperty("java.class.path"),
              "-source",
              "17",
              "-target",
              "17",
              "--add-modules=jdk.incubator.vector",
              "-Xlint:all,-options,-path",
              "-proc:none");
      boolean compiled =
          javac
              .getTask(
                  null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as(found.getDiagnostics().toString()).isTrue();
    }
    return found.getDiagnostics().stream().<String>map(Diagnostic::getCode).toList();
  }
}
