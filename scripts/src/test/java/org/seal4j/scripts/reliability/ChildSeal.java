package org.seal4j.scripts.reliability;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.seal4j.scripts.Main;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.TestClassPath;
import org.seal4j.scripts.launch.LaunchFlags;

/**
 * The product in a process of its own, started by a shell, so that the bytes of its arguments are
 * those of a script in UTF-8 whatever the locale of the tests is.
 */
final class ChildSeal {
  private static final String LAUNCHER = "scripts/seal";
  private static final String FLAGS =
      "scripts/src/main/resources/org/seal4j/scripts/launch/launch.flags";

  private final Path folder;

  /**
   * @param folder for the script, what it prints, and a checkout without sources
   */
  ChildSeal(Path folder) {
    this.folder = folder;
  }

  /** {@code java} with the flags of the launcher, and nothing else that the launcher does. */
  Product.Said java(String environment, String line) {
    String flags = String.join(" ", LaunchFlags.forThisJava().jvm());
    return script(
        "env %s '%s' %s -cp '%s' %s %s"
            .formatted(environment, jvm(), flags, classPath(), Main.class.getName(), line));
  }

  /** {@code scripts/seal} of a checkout whose jar is up to date, with the classes under test. */
  Product.Said launcher(String environment, String line) {
    Path checkout = folder.resolve("checkout");
    for (String file : List.of(LAUNCHER, FLAGS)) {
      Cases.copyFile(Repository.root().resolve(file), checkout.resolve(file));
    }
    Cases.write(checkout.resolve("pom.xml"), "<project/>");
    Cases.write(checkout.resolve("rl/pom.xml"), "<project/>");
    Cases.copy(Repository.root().resolve("scripts/recipes"), checkout.resolve("scripts/recipes"));
    Cases.write(checkout.resolve("rl/src/main/java/Some.java"), "class Some {}");
    Path jar = Cases.write(checkout.resolve("scripts/target/seal.jar"), "");
    later(jar);
    String java = System.getProperty("java.home");
    return script(
        "env JAVA_HOME='%s' SEAL_CLASSPATH='%s' %s bash '%s' %s"
            .formatted(java, classPath(), environment, checkout.resolve(LAUNCHER), line));
  }

  /** Runs one line of shell and waits for it. */
  Product.Said script(String line) {
    try {
      Path script = Cases.write(folder.resolve("run.sh"), "exec " + line + "\n");
      File out = folder.resolve("out.txt").toFile();
      File err = folder.resolve("err.txt").toFile();
      Process process =
          new ProcessBuilder("bash", script.toString())
              .redirectOutput(out)
              .redirectError(err)
              .start();
      int code = process.waitFor();
      return new Product.Said(code, text(out), withoutWarnings(text(err)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static String jvm() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Everything the tests run with, as absolute paths. */
  static String classPath() {
    return TestClassPath.all();
  }

  private static void later(Path file) {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(3600)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(File file) throws IOException {
    return Files.readString(file.toPath(), StandardCharsets.UTF_8);
  }

  /** Without what the JVM itself says about modules in incubation. */
  private static String withoutWarnings(String err) {
    StringBuilder rest = new StringBuilder();
    err.lines()
        .filter(line -> !line.startsWith("WARNING: Using incubator"))
        .forEach(line -> rest.append(line).append('\n'));
    return rest.toString();
  }
}
