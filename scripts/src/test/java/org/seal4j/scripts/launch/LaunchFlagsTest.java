package org.seal4j.scripts.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.seal4j.scripts.Repository;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class LaunchFlagsTest {

  @Test
  void the_unit_tests_run_under_the_flags_of_the_launcher() throws Exception {
    Document pom = rootPom();
    List<String> surefire = List.of(text(pom, "seal.jvm.args").strip().split("\\s+"));
    assertThat(LaunchFlags.forJava(17).jvm().stream().filter(flag -> flag.startsWith("--")))
        .containsExactlyElementsOf(surefire);
    assertThat(LaunchFlags.forJava(17).environment())
        .containsExactlyEntriesOf(children(pom, "environmentVariables"));
  }

  @Test
  void this_process_lacks_none_of_the_flags_that_matter() {
    assertThat(LaunchFlags.forThisJava().missing()).isEmpty();
  }

  @Test
  void a_flag_that_is_not_in_effect_is_named() {
    LaunchFlags flags =
        LaunchFlags.parse(
            """
            env NO_SUCH_VARIABLE=1
            jvm --add-opens=java.base/java.math=ALL-UNNAMED
            jvm --add-modules=no.such.module
            jvm -Dno.such.property=2
            jvm -Xmx1g
            """,
            17);
    assertThat(flags.missing())
        .containsExactly(
            "NO_SUCH_VARIABLE=1",
            "--add-opens=java.base/java.math=ALL-UNNAMED",
            "--add-modules=no.such.module",
            "-Dno.such.property=2");
  }

  @Test
  void flags_of_newer_JDKs_join_from_that_JDK_on() {
    String text = "jvm -A\njvm24 -B\n";
    assertThat(LaunchFlags.parse(text, 23).jvm()).containsExactly("-A");
    assertThat(LaunchFlags.parse(text, 24).jvm()).containsExactly("-A", "-B");
    assertThat(LaunchFlags.parse(text, 25).jvm()).containsExactly("-A", "-B");
  }

  @Test
  void a_line_of_another_form_is_a_fault_of_the_build() {
    assertThatThrownBy(() -> LaunchFlags.parse("jvm -A -B", 17)).hasMessageContaining("jvm -A -B");
    assertThatThrownBy(() -> LaunchFlags.parse("java -A", 17)).hasMessageContaining("java -A");
  }

  @Test
  void the_checkout_is_found_above_the_built_jar_only() {
    Path root = Repository.root();
    assertThat(Home.above(root.resolve("scripts/target/seal.jar"))).contains(root);
    assertThat(Home.above(root.resolve("scripts/target/classes"))).contains(root);
    assertThat(Home.above(root.resolve("rl/target/classes"))).isEmpty();
    assertThat(Home.find()).contains(root);
  }

  private static Document rootPom() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Repository.root().resolve("pom.xml").toFile());
  }

  private static String text(Document pom, String tag) {
    return pom.getElementsByTagName(tag).item(0).getTextContent();
  }

  private static Map<String, String> children(Document pom, String tag) {
    NodeList nodes = pom.getElementsByTagName(tag).item(0).getChildNodes();
    Map<String, String> children = new LinkedHashMap<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i).getNodeType() == Node.ELEMENT_NODE) {
        children.put(nodes.item(i).getNodeName(), nodes.item(i).getTextContent());
      }
    }
    return children;
  }
}
