package org.seal4j.scripts.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.scripts.Repository;

/**
 * The shell launcher in a made-up checkout, with a {@code java} and a {@code mvn} that only write
 * down how they were called.
 */
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherScriptTest {
  private static final String LAUNCHER = "scripts/seal";
  private static final String FLAGS =
      "scripts/src/main/resources/org/seal4j/scripts/launch/launch.flags";

  @TempDir Path folder;
  private Path checkout;
  private Path jdk;
  private Path tools;
  private final Map<String, String> locales = new HashMap<>();

  private record Finished(int code, String output) {}

  @BeforeEach
  void make_a_checkout_and_tools() throws IOException {
    checkout = folder.resolve("check out");
    for (String file : List.of(LAUNCHER, FLAGS)) {
      Files.createDirectories(checkout.resolve(file).getParent());
      Files.copy(Repository.root().resolve(file), checkout.resolve(file));
    }
    Files.createDirectories(checkout.resolve("rl/src/main/java"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    Files.writeString(checkout.resolve("rl/pom.xml"), "<project/>");
    jdk = folder.resolve("jdk");
    tool(jdk.resolve("bin/java"), "echo \"java $*\"; echo \"blas $OPENBLAS_NUM_THREADS\"; exit 7");
    tool(jdk.resolve("bin/javac"), "");
    Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"17.0.15\"\n");
    tools = folder.resolve("tools");
    tool(
        tools.resolve("mvn"),
        "echo built >> calls; mkdir -p scripts/target; : > scripts/target/seal.jar");
  }

  @Test
  void the_first_use_builds_and_starts_java_with_the_flags_the_words_and_its_exit_code()
      throws Exception {
    Finished finished = seal(checkout.resolve(LAUNCHER), "run", "a b", "--set", "x=1");
    assertThat(finished.output)
        .startsWith("seal: building (first use")
        .contains(
            "java " + String.join(" ", LaunchFlags.forJava(17).jvm()) + " -cp ",
            "scripts/target/seal.jar org.seal4j.scripts.Main run a b --set x=1\nblas 1\n");
    assertThat(finished.code).isEqualTo(7);
  }

  @Test
  @Tag("slow")
  void nothing_is_built_again_until_a_source_changes() throws Exception {
    seal(checkout.resolve(LAUNCHER));
    assertThat(seal(checkout.resolve(LAUNCHER)).output).startsWith("java ");
    Path source = checkout.resolve("rl/src/main/java/New.java");
    Files.writeString(source, "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(seal(checkout.resolve(LAUNCHER)).output)
        .startsWith("seal: building (sources changed");
    assertThat(Files.readAllLines(checkout.resolve("calls"))).hasSize(2);
  }

  @Test
  @Tag("slow")
  void the_build_names_the_module_it_is_at() throws Exception {
    tool(
        tools.resolve("mvn"),
        "echo '[INFO] Building Seal4J: model 0.1.0                                  [2/8]'; sleep 2;"
            + " mkdir -p scripts/target; : > scripts/target/seal.jar");
    assertThat(seal(checkout.resolve(LAUNCHER)).output)
        .contains("seal: building 2/8 Seal4J: model 0.1.0\n");
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  @Tag("slow")
  void a_build_that_is_stopped_says_so_and_ends_with_the_code_of_the_signal(String signal, int code)
      throws Exception {
    assumeTrue(
        ignored(signal).isEmpty(),
        "this build was started with the signal ignored, as by nohup, and so is all it starts");
    // More than once: a shell may lose a signal that comes while it reads what a command says.
    tool(
        tools.resolve("mvn"),
        "sleep 1; while [ $((n += 1)) -le 100 ] && kill -" + signal + " $PPID; do sleep 0.3; done");
    Finished finished = seal(checkout.resolve(LAUNCHER));
    assertThat(finished.output)
        .endsWith("seal: stopped while building; call again to build and go on\n");
    assertThat(finished.code).isEqualTo(code);
  }

  @Test
  void offline_reaches_the_build_and_the_program() throws Exception {
    tool(
        tools.resolve("mvn"),
        "echo \"mvn $*\" > called; mkdir -p scripts/target; : > scripts/target/seal.jar");
    assertThat(seal(checkout.resolve(LAUNCHER), "run", "x", "--offline").output)
        .contains("org.seal4j.scripts.Main run x --offline\n");
    assertThat(checkout.resolve("called")).content().contains(" -o ");
  }

  @Test
  void a_symbolic_link_to_the_launcher_finds_the_checkout() throws Exception {
    Path link = folder.resolve("bin/seal");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("../check out/scripts/seal"));
    assertThat(seal(link, "version").output)
        .contains("check out/scripts/target/seal.jar org.seal4j.scripts.Main version");
  }

  @Test
  void a_newer_JDK_gets_its_further_flags() throws Exception {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
    assertThat(seal(checkout.resolve(LAUNCHER)).output)
        .contains(String.join(" ", LaunchFlags.forJava(25).jvm()));
  }

  @Test
  void java_reads_UTF_8_whatever_the_locale() throws Exception {
    tool(jdk.resolve("bin/java"), "echo \"locale $LC_ALL\"");
    for (String locale : List.of("C", "POSIX", "xx_XX.UTF-8")) {
      locales.put("LC_ALL", locale);
      assertThat(seal(checkout.resolve(LAUNCHER)).output).as(locale).endsWith("locale C.UTF-8\n");
    }
    locales.put("LC_ALL", "C.UTF-8");
    assertThat(seal(checkout.resolve(LAUNCHER)).output).endsWith("locale C.UTF-8\n");
  }

  @Test
  void an_old_java_is_refused_in_one_sentence() throws Exception {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    Finished finished = seal(checkout.resolve(LAUNCHER));
    assertThat(finished.output)
        .isEqualTo(
            "seal: Seal4J needs JDK 17 or newer, but %s is version '11.0.2'; set JAVA_HOME to one\n",
            jdk.resolve("bin/java"));
    assertThat(finished.code).isEqualTo(2);
  }

  @Test
  void a_missing_maven_is_named_with_the_version_to_install() throws Exception {
    Files.delete(tools.resolve("mvn"));
    Finished finished = seal(checkout.resolve(LAUNCHER));
    assertThat(finished.output)
        .startsWith("seal: no Maven found")
        .contains("3.8.7")
        .hasLineCount(1);
    assertThat(finished.code).isEqualTo(2);
  }

  @Test
  @Tag("slow")
  void a_failed_build_shows_what_maven_said_and_is_tried_again_next_time() throws Exception {
    tool(tools.resolve("mvn"), "echo '[ERROR] no such thing'; exit 1");
    for (int i = 0; i < 2; i++) {
      Finished finished = seal(checkout.resolve(LAUNCHER));
      assertThat(finished.output)
          .contains("[ERROR] no such thing\nseal: the build failed; the lines above say why\n");
      assertThat(finished.code).isEqualTo(2);
    }
  }

  /** What a shell says of a signal that was ignored when it started; else nothing. */
  private static String ignored(String signal) throws Exception {
    Process shell = new ProcessBuilder("bash", "-c", "trap -p " + signal).start();
    return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Finished seal(Path launcher, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("PATH", tools + ":" + pathWithoutMaven());
    environment.remove("SEAL_JAVA_OPTS");
    environment.remove("OPENBLAS_NUM_THREADS");
    environment.putAll(locales);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.waitFor(), output);
  }

  /** A folder of links to the everyday tools, so that a Maven in /usr/bin stays out of sight. */
  private Path pathWithoutMaven() throws IOException {
    Path everyday = folder.resolve("everyday");
    Files.createDirectories(everyday);
    for (String name :
        List.of(
            "bash",
            "env",
            "locale",
            "readlink",
            "dirname",
            "find",
            "mkdir",
            "mktemp",
            "mv",
            "rm",
            "cat",
            "sed",
            "head",
            "tail",
            "sleep",
            "flock")) {
      for (String bin : List.of("/usr/bin", "/bin")) {
        Path original = Path.of(bin, name);
        if (Files.exists(original) && !Files.exists(everyday.resolve(name))) {
          Files.createSymbolicLink(everyday.resolve(name), original);
        }
      }
    }
    return everyday;
  }

  private static void tool(Path path, String script) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "#!/usr/bin/env bash\n" + script + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
