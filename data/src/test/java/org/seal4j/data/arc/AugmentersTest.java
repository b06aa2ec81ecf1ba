package org.seal4j.data.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.seed.Rng;

class AugmentersTest {
  private static final Grid GRID = Grid.parse("123/456");

  @Test
  void an_inverse_restores_the_grid_from_either_side() {
    Rng rng = RandomGrids.seeds("inverse").rng();
    for (int i = 0; i < 100; i++) {
      List<Augmenter> invertible = new ArrayList<>(Augmenters.geometric());
      invertible.add(Augmenters.IDENTITY);
      invertible.add(Augmenters.translation(rng));
      invertible.add(Augmenters.colorPermutation(rng));
      invertible.add(Recoloring.draw(RandomGrids.task(rng, 3, 2, 2), rng));
      invertible.add(rng.pick(invertible).then(rng.pick(invertible)));
      for (Augmenter augmenter : invertible) {
        Grid grid = RandomGrids.grid(rng, 7, 7);
        Augmenter inverse = augmenter.inverse().orElseThrow();
        assertThat(inverse.apply(augmenter.apply(grid))).as(augmenter.name()).isEqualTo(grid);
        assertThat(augmenter.apply(inverse.apply(grid))).as(augmenter.name()).isEqualTo(grid);
      }
    }
  }

  @Test
  void what_loses_or_adds_cells_has_no_inverse() {
    List<Augmenter> growing = new ArrayList<>(Augmenters.size());
    growing.addAll(Augmenters.chain());
    growing.addAll(Augmenters.repeat());
    growing.addAll(Augmenters.basic(RandomGrids.seeds("growing").rng()).subList(6, 10));
    assertThat(growing).hasSize(16).allMatch(augmenter -> augmenter.inverse().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "rotate-90,36/25/14",
    "rotate-180,654/321",
    "rotate-270,41/52/63",
    "flip-vertical,456/123",
    "flip-horizontal,321/654",
    "transpose,14/25/36",
    "mirror-below,123/456/456/123",
    "mirror-above,456/123/123/456",
    "mirror-right,123321/456654",
    "mirror-left,321123/654456",
    "double-resolution,112233/112233/445566/445566",
    "double-height,123/123/456/456",
    "double-width,112233/445566",
    "rotate-90+double-resolution,3366/3366/2255/2255/1144/1144",
    "tile-rows,123/456/123/456",
    "tile-columns,123123/456456",
    "tile-both,123123/456456/123123/456456",
  })
  void each_augmenter_does_to_a_known_grid_what_its_name_says(String name, String expected) {
    List<Augmenter> all = new ArrayList<>(Augmenters.basic(RandomGrids.seeds("known").rng()));
    all.addAll(Augmenters.size());
    all.addAll(Augmenters.chain());
    all.addAll(Augmenters.repeat());
    assertThat(all).hasSize(11 + 3 + 6 + 3).extracting(Augmenter::name).doesNotHaveDuplicates();
    Augmenter augmenter =
        all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    assertThat(augmenter.apply(GRID)).hasToString(expected);
  }

  @Test
  void the_rigid_transforms_obey_the_laws_of_the_square() {
    Rng rng = RandomGrids.seeds("square").rng();
    for (int i = 0; i < 50; i++) {
      Grid grid = RandomGrids.grid(rng, 6, 6);
      Grid quarter = Augmenters.ROTATE_90.apply(grid);
      assertThat(Augmenters.ROTATE_90.apply(quarter)).isEqualTo(Augmenters.ROTATE_180.apply(grid));
      assertThat(Augmenters.ROTATE_180.apply(quarter)).isEqualTo(Augmenters.ROTATE_270.apply(grid));
      assertThat(Augmenters.FLIP_VERTICAL.then(Augmenters.FLIP_HORIZONTAL).apply(grid))
          .isEqualTo(Augmenters.ROTATE_180.apply(grid));
      assertThat(Augmenters.TRANSPOSE.then(Augmenters.FLIP_VERTICAL).apply(grid))
          .isEqualTo(quarter);
    }
  }

  @Test
  void a_translation_wraps_around_by_less_than_four_and_treats_equal_sizes_alike() {
    Rng rng = RandomGrids.seeds("translation").rng();
    Grid marked = Grid.generate(6, 5, (r, c) -> r == 0 && c == 0 ? 1 : 0);
    boolean[][] reached = new boolean[6][5];
    for (int i = 0; i < 400; i++) {
      Augmenter translation = Augmenters.translation(rng);
      Grid moved = translation.apply(marked);
      assertThat(translation.apply(marked)).isEqualTo(moved);
      for (int r = 0; r < 6; r++) {
        for (int c = 0; c < 5; c++) {
          reached[r][c] |= moved.at(r, c) == 1;
        }
      }
    }
    for (int r = 0; r < 6; r++) {
      for (int c = 0; c < 5; c++) {
        assertThat(reached[r][c]).as("shift %d, %d", r, c).isEqualTo(r < 4 && c < 4);
      }
    }
  }

  @Test
  void a_colour_permutation_keeps_the_background() {
    Rng rng = RandomGrids.seeds("permutation").rng();
    for (int i = 0; i < 50; i++) {
      Augmenter colors = Augmenters.colorPermutation(rng);
      Grid palette = colors.apply(Grid.parse("0123456789"));
      assertThat(palette.at(0, 0)).isZero();
      assertThat(palette.toString().chars().distinct().count()).isEqualTo(10);
    }
  }

  @Test
  void recolouring_sends_used_colours_to_unused_ones_while_there_are_any() {
    Rng rng = RandomGrids.seeds("recolouring").rng();
    for (int i = 0; i < 200; i++) {
      int colors = rng.between(1, 9);
      List<Integer> used = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
      rng.shuffle(used);
      Grid grid = Grid.generate(1, colors + 1, (r, c) -> c == 0 ? 0 : used.get(c - 1));
      ArcTask task =
          new ArcTask("t", "t", List.of(new GridPair(grid, grid)), new GridPair(grid, grid));
      Grid changed = Recoloring.draw(task, rng).apply(grid);
      assertThat(changed.at(0, 0)).as("background").isZero();
      assertThat(changed.toString().chars().distinct().count()).isEqualTo(colors + 1);
      List<Integer> unused = used.subList(colors, 9);
      if (colors <= unused.size()) {
        for (int c = 1; c <= colors; c++) {
          assertThat(unused).contains(changed.at(0, c));
        }
      }
    }
  }

  @Test
  void a_map_that_is_no_permutation_is_refused() {
    assertThatThrownBy(() -> Augmenters.recolor(new int[] {0, 1, 1, 3, 4, 5, 6, 7, 8, 9}))
        .hasMessageContaining("must be a permutation");
    assertThatThrownBy(() -> Augmenters.recolor(new int[] {0, 1}))
        .hasMessageContaining("10 colours");
    assertThatThrownBy(() -> Augmenters.recolor(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 10}))
        .hasMessageContaining("10 colours");
  }
}
