package org.seal4j.scripts.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.data.world.Story;
import org.seal4j.rl.keys.HeldOut;
import org.seal4j.scripts.passage.PriorKnowledge;

class SequencePlanTest {
  private static final InventedWorld WORLD = new InventedWorld(Seeds.of(5));

  private static List<List<Story>> sequences(HeldOut pool, int count, int passages) {
    return SequencePlan.of(WORLD, new SequencesKeys(pool, count, passages), Seeds.of(9))
        .sequences();
  }

  private static Set<String> ids(List<List<Story>> sequences) {
    Set<String> ids = new HashSet<>();
    sequences.forEach(sequence -> sequence.forEach(story -> ids.add(story.passage().id())));
    return ids;
  }

  @Test
  void sequences_share_no_passage_while_the_pool_suffices() {
    assertThat(ids(sequences(HeldOut.CONFIRMATION, 12, 8))).hasSize(96);
    assertThat(ids(sequences(HeldOut.DEVELOPMENT, 5, 8))).hasSize(40);
  }

  @Test
  void a_longer_run_begins_as_a_shorter_one_and_never_repeats_within_a_sequence() {
    List<List<Story>> many = sequences(HeldOut.DEVELOPMENT, 9, 8);
    assertThat(many.subList(0, 4)).isEqualTo(sequences(HeldOut.DEVELOPMENT, 4, 8));
    assertThat(many).allSatisfy(s -> assertThat(ids(List.of(s))).hasSize(8));
    assertThat(many.get(5)).isNotEqualTo(many.get(0));
  }

  @Test
  void more_passages_than_the_pool_has_are_refused() {
    assertThatThrownBy(() -> sequences(HeldOut.DEVELOPMENT, 1, 47)).hasMessageContaining("47");
  }

  @Test
  void nobody_is_both_anchor_and_measured_and_each_is_asked_once() {
    PriorKnowledge prior = PriorKnowledge.of(WORLD, 100, 140, Seeds.of(3));
    Set<String> names = new HashSet<>();
    for (var passage : List.of(prior.anchors(), prior.measured())) {
      passage
          .questions()
          .forEach(
              question ->
                  assertThat(names.add(question.id().substring(question.id().lastIndexOf('/'))))
                      .isTrue());
    }
    assertThat(names).hasSize(240);
    assertThatThrownBy(() -> PriorKnowledge.of(WORLD, 100, 141, Seeds.of(3)))
        .hasMessageContaining("240 persons");
  }
}
