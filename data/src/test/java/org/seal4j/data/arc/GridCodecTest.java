package org.seal4j.data.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;

class GridCodecTest {
  private static final GridVocabulary VOCABULARY = new GridVocabulary(19, 18);
  private static final GridCodec CODEC = new GridCodec(VOCABULARY, 4, 5);

  @Test
  void decoding_an_encoded_grid_restores_it() {
    Rng rng = RandomGrids.seeds("decode").rng();
    for (int i = 0; i < 200; i++) {
      Grid grid = RandomGrids.grid(rng, 4, 5);
      int[] ids = CODEC.encode(grid);
      assertThat(ids).hasSize(GridCodec.tokens(grid) - 1);
      assertThat(CODEC.decode(ids)).contains(grid);
      for (int end : new int[] {GridVocabulary.END, GridVocabulary.IN, GridVocabulary.EDIT}) {
        int[] closed = Arrays.copyOf(ids, ids.length + 1);
        closed[ids.length] = end;
        assertThat(CODEC.decode(closed)).contains(grid);
      }
    }
  }

  @Test
  void single_rows_may_be_wider_than_other_grids() {
    GridCodec codec = new GridCodec(VOCABULARY, 4, 5, 9);
    assertThat(codec.limit()).isEqualTo("4 x 5, or 1 x 9");
    assertThat(codec.longest()).isEqualTo(24);
    assertThat(new GridCodec(VOCABULARY, 1, 2, 9).longest()).isEqualTo(10);
    Grid wide = Grid.generate(1, 9, (r, c) -> c);
    assertThat(codec.decode(codec.encode(wide))).contains(wide);
    assertThat(codec.fits(Grid.generate(1, 10, (r, c) -> 1))).isFalse();
    assertThat(codec.fits(Grid.generate(2, 6, (r, c) -> 1))).isFalse();
    int[] ids = codec.encode(Grid.generate(4, 5, (r, c) -> 1));
    assertThat(Arrays.stream(codec.positionsOf(ids)).distinct().count()).isEqualTo(ids.length);
    assertThat(Arrays.stream(codec.positionsOf(codec.encode(wide))).max().orElseThrow())
        .isLessThan(codec.outputPosition());
  }

  @Test
  void whatever_decodes_encodes_back_to_the_same_tokens() {
    Rng rng = RandomGrids.seeds("encode").rng();
    int decoded = 0;
    for (int i = 0; i < 5000; i++) {
      int[] ids = new int[rng.between(0, 6)];
      for (int t = 0; t < ids.length; t++) {
        ids[t] = rng.nextInt(4) == 0 ? GridVocabulary.SEP : rng.nextInt(13);
      }
      if (CODEC.decode(ids).isPresent()) {
        decoded++;
        int[] body = GridCodec.isTerminator(ids[ids.length - 1]) ? cut(ids) : ids;
        assertThat(CODEC.encode(CODEC.decode(ids).orElseThrow())).isEqualTo(body);
      }
    }
    assertThat(decoded).isGreaterThan(100);
  }

  private static int[] cut(int[] ids) {
    return Arrays.copyOf(ids, ids.length - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "S",
        "1S",
        "S1",
        "1SS2",
        "12S3",
        "1S23",
        "123456",
        "1S1S1S1S1",
        "1I1",
        "1EE",
        "E",
        "P",
        "1P",
        "O1",
        "1S2SE"
      })
  void tokens_that_are_no_grid_within_the_limits_decode_to_nothing(String text) {
    int[] ids = text.chars().map(GridCodecTest::id).toArray();
    assertThat(CODEC.decode(ids)).isEmpty();
  }

  private static int id(int letter) {
    return switch (letter) {
      case 'S' -> GridVocabulary.SEP;
      case 'I' -> GridVocabulary.IN;
      case 'O' -> GridVocabulary.OUT;
      case 'E' -> GridVocabulary.END;
      case 'P' -> GridVocabulary.PAD;
      default -> letter - '0';
    };
  }

  @Test
  void a_grid_over_the_limits_is_refused_with_its_size() {
    Grid wide = Grid.parse("000000");
    assertThat(CODEC.fits(wide)).isFalse();
    assertThatThrownBy(() -> CODEC.encode(wide))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("1 x 6")
        .hasMessageContaining("4 x 5");
  }

  @Test
  void each_place_of_a_pair_has_its_own_position_below_the_table_size() {
    Grid grid = Grid.parse("01234/01234/01234/01234");
    GridSequences sequences = new GridSequences(CODEC);
    int[] ids =
        sequences.example(java.util.List.of(), new GridPair(grid, grid), LossMask.ALL_TOKENS).ids();
    int[] positions = CODEC.positionsOf(ids);
    Set<Integer> distinct = new HashSet<>();
    Arrays.stream(positions).forEach(distinct::add);
    assertThat(distinct).hasSize(ids.length);
    assertThat(Arrays.stream(positions).max().orElseThrow()).isLessThan(CODEC.positions());
    assertThat(positions[0]).isZero();
    assertThat(positions[24]).as("output marker").isEqualTo(1 + 4 * 6);
  }

  @Test
  void the_position_of_a_cell_does_not_depend_on_the_width_of_the_grid() {
    int[] narrow = CODEC.positionsOf(new int[] {GridVocabulary.IN, 1, GridVocabulary.SEP, 2});
    assertThat(narrow).containsExactly(0, 1, 2, 7);
    int[] wide = CODEC.positionsOf(new int[] {GridVocabulary.IN, 1, 2, GridVocabulary.SEP, 3});
    assertThat(wide).containsExactly(0, 1, 2, 3, 7);
  }

  @Test
  void a_cursor_stays_in_the_table_on_any_tokens_and_its_copies_are_independent() {
    Rng rng = RandomGrids.seeds("cursor").rng();
    PositionCursor cursor = CODEC.cursor();
    for (int i = 0; i < 20_000; i++) {
      int id = rng.nextInt(rng.nextBoolean() ? 11 : VOCABULARY.size());
      int ahead = cursor.copy().next(id);
      assertThat(cursor.next(id)).isEqualTo(ahead).isBetween(0, CODEC.positions() - 1);
    }
  }

  @Test
  void every_token_has_a_name_of_its_own_and_one_role() {
    Set<String> names = new HashSet<>();
    for (int id = 0; id < VOCABULARY.size(); id++) {
      names.add(VOCABULARY.name(id));
    }
    assertThat(names).hasSize(VOCABULARY.size()).hasSize(16 + 19 + 18);
    assertThat(VOCABULARY.editIndex(VOCABULARY.edit(7))).isEqualTo(7);
    assertThat(VOCABULARY.isHint(VOCABULARY.hint(17))).isTrue();
    assertThatThrownBy(() -> VOCABULARY.edit(19)).hasMessageContaining("this vocabulary has 19");
    assertThatThrownBy(() -> VOCABULARY.name(53)).hasMessageContaining("53");
  }
}
