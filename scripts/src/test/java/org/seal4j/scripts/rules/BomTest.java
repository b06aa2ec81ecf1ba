package org.seal4j.scripts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Who imports the BOM names no version again: it has every artifact of this build, and no other of
 * ours.
 */
class BomTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void the_bom_names_every_module_that_makes_a_jar_and_nothing_else_of_ours() throws Exception {
    Set<String> jars = new TreeSet<>();
    for (Element module : elements(read("pom.xml"), "module")) {
      Element project = read(module.getTextContent() + "/pom.xml");
      List<Element> packaging = children(project, "packaging");
      if (packaging.isEmpty() || packaging.get(0).getTextContent().equals("jar")) {
        jars.add(text(project, "artifactId"));
      }
    }
    assertThat(jars).hasSizeGreaterThanOrEqualTo(7);
    assertThat(ours()).containsExactlyInAnyOrderElementsOf(jars);
  }

  @Test
  void the_bom_has_no_parent_so_that_an_import_brings_nothing_else() throws Exception {
    assertThat(children(read("bom/pom.xml"), "parent")).isEmpty();
  }

  /** The artifacts of our group in the BOM, each at the BOM's own version. */
  private static Set<String> ours() throws Exception {
    Set<String> named = new TreeSet<>();
    for (Element dependency : elements(read("bom/pom.xml"), "dependency")) {
      if (text(dependency, "groupId").equals("org.seal4j")) {
        assertThat(text(dependency, "version")).isEqualTo("${project.version}");
        named.add(text(dependency, "artifactId"));
      }
    }
    return named;
  }

  private static Element read(String pom) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(ROOT.resolve(pom).toFile())
        .getDocumentElement();
  }

  private static String text(Element parent, String name) {
    return children(parent, name).get(0).getTextContent();
  }

  private static List<Element> children(Element parent, String name) {
    return elements(parent, name).stream().filter(e -> e.getParentNode() == parent).toList();
  }

  private static List<Element> elements(Element within, String name) {
    NodeList found = within.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }
}
