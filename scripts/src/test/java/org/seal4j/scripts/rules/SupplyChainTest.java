package org.seal4j.scripts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.seal4j.scripts.Repository;

/**
 * What comes with Seal4J is on two lists that agree: the one in the root POM, which lets nothing
 * else into a build, and {@code NOTICE}, which has the licences.
 */
class SupplyChainTest {
  private static final Path NOTICE = Repository.root().resolve("NOTICE");

  /** Begins the part of NOTICE with what is not bundled. */
  private static final String TESTKIT = "With seal4j-testkit alone";

  private static final Pattern ALLOWED = Pattern.compile("<include>([\\w.-]+:[\\w.-]+)</include>");
  private static final Pattern NOTICED =
      Pattern.compile("^([\\w.-]+:[\\w.-]+) +(\\S.*)$", Pattern.MULTILINE);

  private static final Set<String> LICENCES =
      Set.of(
          "Apache-2.0",
          "MIT",
          "BSD-2-Clause",
          "EPL-2.0",
          "EPL-2.0 OR LGPL-2.1-only",
          "Apache-2.0 OR GPL-2.0-only WITH Classpath-exception-2.0");

  @Test
  void every_library_that_may_come_in_has_its_licence_in_NOTICE_and_no_other_is_there()
      throws IOException {
    assertThat(libraries(Files.readString(NOTICE)).keySet())
        .as("NOTICE against bannedDependencies in pom.xml")
        .containsExactlyElementsOf(allowed())
        .hasSizeGreaterThan(40);
  }

  @Test
  void every_licence_is_one_that_goes_with_ours() throws IOException {
    libraries(Files.readString(NOTICE))
        .forEach((library, licence) -> assertThat(licence).as(library).isIn(LICENCES));
  }

  @Test
  void no_library_stays_on_the_lists_after_it_is_gone() throws IOException {
    Set<String> jars = new TreeSet<>();
    Enumeration<URL> manifests = getClass().getClassLoader().getResources("META-INF/MANIFEST.MF");
    while (manifests.hasMoreElements()) {
      String jar = manifests.nextElement().getPath().split("!", 2)[0];
      jars.add(jar.substring(jar.lastIndexOf('/') + 1));
    }
    String bundled = Files.readString(NOTICE).split(TESTKIT, 2)[0];
    List<String> gone =
        libraries(bundled).keySet().stream()
            .filter(library -> jars.stream().noneMatch(jar -> isOf(jar, library)))
            .toList();
    assertThat(gone).isEmpty();
  }

  /** Whether this jar is {@code artifact-1.2.jar} of {@code group:artifact}. */
  private static boolean isOf(String jar, String library) {
    String artifact = library.substring(library.indexOf(':') + 1);
    return jar.matches(Pattern.quote(artifact) + "-\\d.*\\.jar");
  }

  private static Set<String> allowed() throws IOException {
    String pom = Files.readString(Repository.root().resolve("pom.xml"));
    return ALLOWED
        .matcher(pom)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Licences by library, as a part of NOTICE names them. */
  private static Map<String, String> libraries(String notice) {
    Map<String, String> licences = new TreeMap<>();
    NOTICED
        .matcher(notice)
        .results()
        .forEach(
            line ->
                assertThat(licences.put(line.group(1), line.group(2)))
                    .as(line.group(1) + " stands there twice")
                    .isNull());
    return licences;
  }
}
