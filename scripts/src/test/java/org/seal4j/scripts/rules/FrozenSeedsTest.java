package org.seal4j.scripts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.world.EditStyle;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.data.world.PersonPool;
import org.seal4j.scripts.Repository;

/**
 * Child seeds go by names. Another name is another stream of random numbers: every published figure
 * would change without a word. Here stand the names that the product uses and the values that
 * recipes draw from seed 1.
 */
class FrozenSeedsTest {
  private static final Pattern CHILD = Pattern.compile("\\.child\\(\\s*\"([^\"]+)\"");
  private static final Path FROZEN =
      Repository.root().resolve("scripts/src/test/resources/frozen/child-seeds.txt");

  private static Map<String, Long> frozen() throws IOException {
    Map<String, Long> seeds = new TreeMap<>();
    for (String line : Files.readAllLines(FROZEN)) {
      if (!line.startsWith("#")) {
        int equals = line.indexOf('=');
        seeds.put(line.substring(0, equals), Long.valueOf(line.substring(equals + 1)));
      }
    }
    return seeds;
  }

  @Test
  void each_name_has_the_value_that_it_always_had() throws IOException {
    Map<String, Long> now = new TreeMap<>();
    frozen().keySet().forEach(name -> now.put(name, Seeds.of(1).child(name).value()));
    assertThat(now).hasSizeGreaterThan(40).isEqualTo(frozen());
  }

  @Test
  void the_product_uses_exactly_the_frozen_names() throws IOException {
    assertThat(names())
        .as(
            "names in .child(\"...\") of the main sources; a new name gets a line in %s, an old one"
                + " is not renamed",
            FROZEN)
        .isEqualTo(frozen().keySet());
  }

  /** The names in the sources; benchmarks draw theirs as they like. */
  private static Set<String> names() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path file : sources()) {
      Matcher child = CHILD.matcher(Files.readString(file));
      while (child.find()) {
        names.add(child.group(1));
      }
    }
    return names;
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Repository.root())) {
      for (Path module : modules.toList()) {
        Path main = module.resolve("src/main/java");
        if (Files.isDirectory(main)) {
          try (Stream<Path> files = Files.walk(main)) {
            files.filter(FrozenSeedsTest::isProduct).forEach(sources::add);
          }
        }
      }
    }
    return sources;
  }

  private static boolean isProduct(Path file) {
    return file.toString().endsWith(".java") && !file.getParent().endsWith("bench");
  }

  @Test
  void the_paths_that_recipes_take_from_seed_1_end_where_they_always_did() {
    Seeds root = Seeds.of(1);
    assertThat(root.value()).isEqualTo(6238072747940578789L);
    Seeds pretraining = root.child("pretraining");
    assertThat(pretraining.child("init").value()).isEqualTo(4830028595820468245L);
    assertThat(pretraining.child("data").value()).isEqualTo(8976281104749654374L);
    assertThat(root.child("loop").child("round", 1).child("edit", "loop/0", 2).value())
        .isEqualTo(-7597830877496941209L);
    assertThat(root.child("world").child("story", "confirmation", 0).value())
        .isEqualTo(3767308976503591929L);
    assertThat(root.child("continual").child("passage", 0, 2).child("inner").value())
        .isEqualTo(4604161444930483271L);
  }

  /** Their constants are keys of child seeds, or parts of the ids that are. */
  @Test
  void the_constants_that_are_drawn_with_keep_their_names_and_their_order() {
    assertThat(EditStyle.values())
        .extracting(String::valueOf)
        .containsExactly("ATOMIC", "QUESTIONS", "PRONOUNS", "REWRITE", "VAGUE");
    assertThat(PersonPool.values())
        .extracting(String::valueOf)
        .containsExactly("RESIDENTS", "WRITING", "LOOP", "DEVELOPMENT", "CONFIRMATION");
    Seeds texts = Seeds.of(1).child("cpt").child("texts");
    assertThat(texts.child("teacher", "confirmation/0", EditStyle.QUESTIONS).value())
        .isEqualTo(-3118842541354712129L);
    InventedWorld world = new InventedWorld(Seeds.of(1).child("world"));
    assertThat(world.story(PersonPool.CONFIRMATION, 0).passage().id()).isEqualTo("confirmation/0");
  }
}
