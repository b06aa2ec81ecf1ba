package org.seal4j.scripts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.seal4j.scripts.Repository;

/**
 * What comes with Seal4J is on two lists that agree: the one in the root POM, which lets nothing
 * else into a build, and {@code NOTICE}, which has the licences.
 */
class SupplyChainTest {
  private static final Pattern ALLOWED = Pattern.compile("<include>([\\w.-]+:[\\w.-]+)</include>");
  private static final Pattern NOTICED =
      Pattern.compile("^([\\w.-]+:[\\w.-]+) +(\\S.*)$", Pattern.MULTILINE);

  private static final Set<String> LICENCES =
      Set.of(
          "Apache-2.0",
          "MIT",
          "EPL-2.0",
          "EPL-2.0 OR LGPL-2.1-only",
          "Apache-2.0 OR GPL-2.0-only WITH Classpath-exception-2.0");

  @Test
  void every_library_that_may_come_in_has_its_licence_in_NOTICE_and_no_other_is_there()
      throws IOException {
    assertThat(licences().keySet())
        .as("NOTICE against bannedDependencies in pom.xml")
        .containsExactlyElementsOf(allowed())
        .hasSizeGreaterThan(40);
  }

  @Test
  void every_licence_is_one_that_goes_with_ours() throws IOException {
    licences().forEach((library, licence) -> assertThat(licence).as(library).isIn(LICENCES));
  }

  @Test
  void no_library_stays_on_the_lists_after_it_is_gone() throws IOException {
    List<String> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).getFileName().toString())
            .toList();
    Set<String> gone =
        allowed().stream()
            .filter(library -> jars.stream().noneMatch(jar -> isOf(jar, library)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(gone).isEmpty();
  }

  /** Whether this jar is {@code artifact-1.2.jar} of {@code group:artifact}. */
  private static boolean isOf(String jar, String library) {
    String artifact = library.substring(library.indexOf(':') + 1);
    return jar.matches(Pattern.quote(artifact) + "-\\d.*\\.jar");
  }

  private static Set<String> allowed() throws IOException {
    return matches(ALLOWED, "pom.xml").stream()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> licences() throws IOException {
    Map<String, String> licences = new TreeMap<>();
    for (MatchResult line : matches(NOTICED, "NOTICE")) {
      assertThat(licences.put(line.group(1), line.group(2))).as(line.group(1)).isNull();
    }
    return licences;
  }

  private static List<MatchResult> matches(Pattern pattern, String file) throws IOException {
    return pattern.matcher(Files.readString(Repository.root().resolve(file))).results().toList();
  }
}
