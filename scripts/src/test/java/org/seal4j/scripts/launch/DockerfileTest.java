package org.seal4j.scripts.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.seal4j.scripts.Repository;

class DockerfileTest {
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  private static final String MAIN = "org.seal4j.scripts.Main";

  private final String file = read();

  private static String read() {
    try {
      return Files.readString(Repository.root().resolve("serve/Dockerfile"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void the_container_starts_java_as_the_launcher_does() {
    String entry = file.substring(file.indexOf("ENTRYPOINT"), file.indexOf("CMD"));
    List<String> words = QUOTED.matcher(entry).results().map(found -> found.group(1)).toList();
    LaunchFlags flags = LaunchFlags.forJava(17);
    assertThat(words).startsWith("java").endsWith("-cp", "/opt/seal4j/seal.jar", MAIN);
    assertThat(words.subList(1, words.size() - 3)).containsExactlyElementsOf(flags.jvm());
    String environment =
        flags.environment().entrySet().stream()
            .map(entryOf -> entryOf.getKey() + "=" + entryOf.getValue())
            .collect(Collectors.joining(" "));
    assertThat(file).contains("ENV " + environment + "\n");
  }
}
