package org.seal4j.scripts.outside;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Results;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.model.graph.Graph;
import org.seal4j.rl.Domain;
import org.seal4j.scripts.Repository;

/** Puts the parts of docs/examples, compiled here, on the class path of a test's thread. */
public final class ExampleParts implements BeforeAllCallback, AfterAllCallback {
  private static @Nullable ClassLoader parts;

  private @Nullable ClassLoader before;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(parts());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Thread.currentThread().setContextClassLoader(before);
  }

  private static synchronized ClassLoader parts() throws IOException {
    if (parts == null) {
      Path main = Repository.root().resolve("docs/examples/src/main");
      Path classes = Files.createDirectories(Path.of("target/example-parts")).toAbsolutePath();
      compile(main.resolve("java"), classes);
      copy(main.resolve("resources/META-INF/services"), classes.resolve("META-INF/services"));
      parts =
          new URLClassLoader(
              new URL[] {classes.toUri().toURL()}, ExampleParts.class.getClassLoader());
    }
    return parts;
  }

  private static void compile(Path sources, Path classes) throws IOException {
    List<String> options = new ArrayList<>(List.of("-proc:none", "-nowarn", "-parameters"));
    options.addAll(List.of("-cp", classPath()));
    options.addAll(List.of("-d", classes.toString()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(options::add);
    }
    int code =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException("the examples do not compile; the lines above say why");
    }
  }

  /** Of one class of each jar that examples compile against, however the tests were started. */
  private static String classPath() {
    return Stream.of(
            Seeds.class,
            Graph.class,
            InnerLoopTask.class,
            Results.class,
            Domain.class,
            SDVariable.class,
            NullMarked.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
