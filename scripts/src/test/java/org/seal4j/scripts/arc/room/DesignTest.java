package org.seal4j.scripts.arc.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.grid.EditSchema;
import org.seal4j.rl.grid.EditTokens;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.Strategy;
import org.seal4j.rl.grid.Tool;

class DesignTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20261127L);
  private static final EditSchema SCHEMA = EditSchema.compact();
  private static final EditTokens TOKENS = new EditTokens(SCHEMA);
  private static final FewShotEdit FIXED = SCHEMA.draw(Seeds.of(SEED).rng());

  private static List<FewShotEdit> draw(int size, long seed) {
    return Design.draw(TOKENS, size, FIXED, edit -> true, Seeds.of(seed)).configurations();
  }

  @Test
  void the_first_configuration_is_the_fixed_one_and_all_are_different() {
    System.out.println("seed " + SEED);
    assertThat(draw(16, SEED)).hasSize(16).doesNotHaveDuplicates().startsWith(FIXED);
  }

  @Test
  void a_design_depends_on_its_seed_alone() {
    assertThat(draw(16, SEED)).isEqualTo(draw(16, SEED)).isNotEqualTo(draw(16, SEED + 1));
  }

  @Test
  void each_value_of_each_choice_is_as_frequent_as_any_other() {
    Places places = new Places(TOKENS);
    List<FewShotEdit> design = draw(40, SEED);
    for (int place = 0; place < places.count(); place++) {
      int[] counts = new int[places.values(place).size()];
      for (FewShotEdit edit : design.subList(1, 40)) {
        counts[places.of(edit)[place]]++;
      }
      // 40 divided by 2, 4 or 5 values; the fixed one took the place of one that is not known, and
      // a duplicate is drawn anew.
      assertThat(counts).as(places.name(place)).satisfies(c -> balanced(c, 40));
    }
  }

  private static void balanced(int[] counts, int size) {
    for (int count : counts) {
      assertThat(count).isBetween(size / counts.length - 2, size / counts.length + 2);
    }
  }

  @Test
  void where_there_are_few_all_are_taken() {
    EditSchema small =
        new EditSchema(
            List.of(Tool.COLOR), List.of(Strategy.OUTPUT_TOKENS), List.of(1e-3), List.of(1, 2));
    FewShotEdit fixed = small.draw(Seeds.of(SEED).rng());
    List<FewShotEdit> all =
        Design.draw(new EditTokens(small), 16, fixed, edit -> true, Seeds.of(SEED))
            .configurations();
    assertThat(all).hasSize(4).doesNotHaveDuplicates().startsWith(fixed);
  }

  @Test
  void what_a_task_cannot_afford_is_not_drawn() {
    List<FewShotEdit> cheap =
        Design.draw(TOKENS, 16, FIXED, edit -> edit.epochs() <= 2, Seeds.of(SEED)).configurations();
    assertThat(cheap).hasSize(16);
    assertThat(cheap.subList(1, 16))
        .allSatisfy(edit -> assertThat(edit.epochs()).isLessThanOrEqualTo(2));
    assertThatThrownBy(() -> Design.draw(TOKENS, 16, FIXED, edit -> false, Seeds.of(SEED)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("lower room.configurations or raise trainingSet.maxSteps");
  }
}
