package org.seal4j.scripts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.scripts.Repository;

/** Documents that are cited exist: links, file names and section numbers. */
class DocumentsTest {
  private static final String[] SOURCES = {
    ".java", ".yaml", ".yml", ".xml", ".sh", ".py", ".properties"
  };

  /** Split, so that this file does not find itself. */
  private static final String DOCS = "docs" + "/";

  private static final String SEAL = DOCS + "seal.md";
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]*)(?:#([^)\\s]+))?\\)");
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>");
  private static final Pattern NUMBERED =
      Pattern.compile("^#{2,3} <a id=\"([\\d.]+)\"></a>([\\d.]+) \\S", Pattern.MULTILINE);
  private static final Pattern HEADING = Pattern.compile("^#+ +(.+)$", Pattern.MULTILINE);
  private static final Pattern IN_DOCS = Pattern.compile("(?<![\\w/.-])" + DOCS + "[\\w./-]*\\w");
  private static final Pattern DOCUMENT = Pattern.compile("[\\w-]+\\.md\\b");
  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*(?:/?\\*+|//|#).*$|\\s//.*$");
  private static final Pattern SECTION = Pattern.compile("§ ?([\\w.]*\\w)");

  /** A document of this project or a paper, then one section or several. */
  private static final Pattern CITATION =
      Pattern.compile(
          "(?:("
              + Pattern.quote(SEAL)
              + ")\\}?|the paper,)((?:(?:,| and| to| or)? ?§[\\d.]*\\d)+)");

  @Test
  void decisions_are_numbered_from_one_without_gaps() throws IOException {
    List<Integer> numbers =
        documents().stream()
            .filter(file -> file.getParent().endsWith("decisions"))
            .map(file -> Integer.valueOf(file.getFileName().toString().substring(0, 4)))
            .toList();
    assertThat(numbers)
        .isNotEmpty()
        .containsExactlyElementsOf(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
  }

  @Test
  void every_link_of_a_document_leads_somewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path file : documents()) {
      for (MatchResult link : all(LINK, Files.readString(file))) {
        if (!link.group(1).contains(":")) {
          links++;
          Path target = link.group(1).isEmpty() ? file : file.resolveSibling(link.group(1));
          if (!Files.exists(target) || !hasAnchor(target, link.group(2))) {
            broken.add(name(file) + ": " + link.group());
          }
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(50);
  }

  @Test
  @Tag("slow")
  void every_document_named_in_a_source_exists() throws IOException {
    Set<String> known =
        Repository.files(".md").stream()
            .map(file -> file.getFileName().toString())
            .collect(Collectors.toSet());
    List<String> missing = new ArrayList<>();
    for (Path file : Repository.files(SOURCES)) {
      String text = Files.readString(file);
      for (MatchResult named : all(IN_DOCS, text)) {
        if (!Files.exists(Repository.root().resolve(named.group()))) {
          missing.add(name(file) + ": " + named.group());
        }
      }
      for (MatchResult comment : all(COMMENT, text)) {
        for (MatchResult named : all(DOCUMENT, comment.group())) {
          if (!known.contains(named.group())) {
            missing.add(name(file) + ": " + named.group());
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  @Tag("slow")
  void every_cited_section_of_the_description_of_SEAL_exists() throws IOException {
    Set<String> sections = sections();
    Set<String> cited = new TreeSet<>();
    for (Path file : Repository.files(SOURCES)) {
      cited.addAll(cited(Files.readString(file)));
    }
    Set<String> inItself = new TreeSet<>();
    all(SECTION, Files.readString(Repository.root().resolve(SEAL)))
        .forEach(match -> inItself.add(match.group(1)));
    assertThat(sections).containsAll(cited).containsAll(inItself);
    assertThat(cited).hasSizeGreaterThan(10);
    assertThat(inItself).hasSizeGreaterThan(10);
  }

  @Test
  void the_sections_of_the_description_of_SEAL_are_anchored_by_their_numbers() throws IOException {
    String text = Files.readString(Repository.root().resolve(SEAL));
    List<MatchResult> headings = all(NUMBERED, text);
    assertThat(headings).hasSize(all(Pattern.compile("(?m)^##"), text).size());
    assertThat(headings).allSatisfy(h -> assertThat(h.group(1)).isEqualTo(h.group(2)));
    assertThat(sections()).hasSize(headings.size());
  }

  @Test
  @Tag("slow")
  void a_section_sign_in_a_source_follows_the_name_of_a_document() throws IOException {
    List<String> nameless = new ArrayList<>();
    for (Path file : Repository.files(".java", ".yaml", ".yml")) {
      boolean own = file.endsWith(getClass().getSimpleName() + ".java");
      String rest = CITATION.matcher(unwrapped(Files.readString(file))).replaceAll("");
      if (!own && rest.contains("§")) {
        int at = rest.indexOf('§');
        nameless.add(name(file) + ": ..." + rest.substring(Math.max(0, at - 40), at + 4));
      }
    }
    assertThat(nameless).isEmpty();
  }

  @Test
  void citations_are_read_across_the_lines_of_a_comment() {
    assertThat(cited("/** The rules (" + SEAL + "\n   * §2.3, §2.4 and\n   * §3). See §9. */"))
        .containsExactly("2.3", "2.4", "3");
    assertThat(cited("# as in " + SEAL + " §1.1.\n# Another §7.")).containsExactly("1.1");
    assertThat(cited("no citation: §1.1")).isEmpty();
  }

  private static List<String> cited(String text) {
    return all(CITATION, unwrapped(text)).stream()
        .filter(citation -> citation.group(1) != null)
        .flatMap(citation -> all(SECTION, citation.group(2)).stream())
        .map(section -> section.group(1))
        .toList();
  }

  /** The text on one line, without the marks of comments and with single blanks. */
  private static String unwrapped(String text) {
    return text.replaceAll("\\s*\\n\\s*(?:\\*|//|#)?\\s*", " ").replaceAll("\" \\+ \"", "");
  }

  private static Set<String> sections() throws IOException {
    return all(ANCHOR, Files.readString(Repository.root().resolve(SEAL))).stream()
        .map(anchor -> anchor.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean hasAnchor(Path document, @Nullable String anchor) throws IOException {
    if (anchor == null) {
      return true;
    }
    String text = Files.readString(document);
    return all(ANCHOR, text).stream().anyMatch(found -> found.group(1).equals(anchor))
        || all(HEADING, text).stream().anyMatch(found -> slug(found.group(1)).equals(anchor));
  }

  /** The anchor that GitHub gives to a heading. */
  private static String slug(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  private static List<Path> documents() throws IOException {
    Path root = Repository.root();
    return Repository.files(".md").stream()
        .filter(file -> file.getParent().equals(root) || file.startsWith(root.resolve("docs")))
        .toList();
  }

  private static List<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  private static String name(Path file) {
    return Repository.root().relativize(file).toString();
  }
}
