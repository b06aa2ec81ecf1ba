package org.seal4j.data.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.seed.Seeds;

class TwoDimensionalTest {
  private static final Layout SIDES = Layout.sides(3, 10);
  private static final Palette PALETTE = Palette.of(1, 2, 3, 4, 5, 6, 7, 8, 9);

  @ParameterizedTest
  @CsvSource({
    "unfold-right, 12/30, 1221/3003",
    "unfold-left, 12/30, 2112/0330",
    "unfold-up, 12/30, 30/12/12/30",
    "unfold-four, 12/30, 1221/3003/3003/1221",
    "copy-four, 12/30, 1212/3030/1212/3030",
    "enlarge2, 12/30, 1122/1122/3300/3300",
    "right-half, 123/456, 3/6",
    "top-half, 123/456/789, 123",
    "bottom-half, 12/34/56/78, 56/78",
    "peel, 1234/5678/9012, 67",
    "frame, 3/4, 222/232/242/222",
    "corners, 123/456/789, 13/79",
    "overlay-halves, 10203, 13",
    "objects:crop, 0000/0120/0030, 12/03",
    "objects:crop-largest, 1110/0000/2202/2200, 22/22",
    "objects:keep-smallest, 1110/0000/2202/2200, 0000/0000/0002/0000",
    "objects:drop-largest, 110/000/003, 000/000/003",
    "objects:paint-largest, 440/000/004, 220/000/004",
    "objects:fill-holes, 4440/4040/4440, 4440/4140/4440",
    "objects:halo, 0000/0400/0000, 2220/2420/2220",
    "objects:hollow, 4440/4440/4440, 4440/4040/4440",
    "objects:drop-specks, 4400/4400/0050, 4400/4400/0000",
    "objects:paint-specks, 4400/4400/0050, 4400/4400/0020",
    "objects:fill-boxes, 400/440/000, 440/440/000",
    "objects:connect, 4004/0000/4050, 4444/4000/4050",
    "objects:extend-down, 040/000/000, 040/040/040",
    "objects:rows, 0400/0000/5006, 4444/0000/5556",
    "objects:crosses, 000/040/000, 040/444/040",
  })
  void rules_do_what_their_name_says(String name, String input, String output) {
    Family family =
        TwoDimensional.families(SIDES).stream()
            .filter(f -> f.name().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(family.rule().apply(Grid.parse(input), PALETTE)).hasToString(output);
  }

  @Test
  @Tag("slow")
  void names_are_unique_and_no_two_rules_are_the_same_on_the_same_inputs() {
    List<Behaviour> all =
        TwoDimensional.families(Layout.sides(3, 7)).stream().map(Behaviour::new).toList();
    assertThat(all).hasSizeGreaterThan(80);
    assertThat(all).extracting(b -> b.family().name()).doesNotHaveDuplicates();
    List<String> alike = new ArrayList<>();
    for (Behaviour a : all) {
      for (Behaviour b : all) {
        String sameRule = a.family().name().replace("objects:", "");
        boolean otherInputs = sameRule.equals(b.family().name().replace("objects:", ""));
        if (!otherInputs && a.agreement(b) > 0.9 && b.agreement(a) > 0.9) {
          alike.add(a.family() + " and " + b.family());
        }
      }
    }
    assertThat(alike).isEmpty();
  }

  @Test
  void sizes_differ_between_the_pairs_of_a_task() {
    List<Family> families = TwoDimensional.families(SIDES);
    HashSet<Integer> heights = new HashSet<>();
    for (ArcTask task : SynthTasks.sample("2d", families, 3, families.size(), Seeds.of(1))) {
      for (GridPair pair : task.demonstrations()) {
        assertThat(pair.input().height()).isBetween(3, 10);
        assertThat(pair.output().height()).isBetween(1, 30);
        heights.add(pair.input().height());
      }
    }
    assertThat(heights).containsExactlyInAnyOrder(3, 4, 5, 6, 7, 8, 9, 10);
  }
}
