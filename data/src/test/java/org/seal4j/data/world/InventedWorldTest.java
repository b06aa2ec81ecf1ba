package org.seal4j.data.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Question;
import org.seal4j.data.text.WordTokenizer;

class InventedWorldTest {
  private static final long SEED = Long.getLong("seal.seed", 20261121);
  private static final InventedWorld WORLD = new InventedWorld(Seeds.of(SEED));

  private static Rng rng(Object key) {
    return Seeds.of(SEED).child("test", key).rng();
  }

  @Test
  void no_name_is_in_two_pools() {
    Set<String> seen = new HashSet<>();
    for (PersonPool pool : PersonPool.values()) {
      for (Person person : WORLD.persons(pool)) {
        assertThat(seen.add(person.name())).as("seed %d, %s", SEED, person).isTrue();
      }
    }
    assertThat(seen).hasSize(1600);
  }

  @Test
  void no_evaluated_name_is_told_of_in_pretraining() {
    Set<String> evaluated = new TreeSet<>();
    for (PersonPool pool :
        List.of(PersonPool.LOOP, PersonPool.DEVELOPMENT, PersonPool.CONFIRMATION)) {
      WORLD.persons(pool).forEach(person -> evaluated.add(person.name()));
    }
    Rng rng = rng("leak");
    for (int i = 0; i < 500; i++) {
      Story story = WORLD.draw(rng);
      assertThat(story.facts()).noneMatch(fact -> evaluated.contains(fact.person().name()));
    }
    assertThat(WORLD.priorFacts())
        .noneMatch(fact -> evaluated.contains(fact.person().name()))
        .hasSize(240 * 5);
  }

  @ParameterizedTest
  @EnumSource
  void no_style_ever_writes_a_question_in_a_wording_of_evaluations(EditStyle style) {
    Rng rng = rng(style);
    for (int i = 0; i < 300; i++) {
      Story story = WORLD.draw(rng);
      List<String> asked = story.passage().questions().stream().map(Question::text).toList();
      for (String edit : List.of(style.write(story, rng), style.writeAll(story, rng))) {
        assertThat(asked).as("seed %d", SEED).noneMatch(edit::contains);
        for (Fact fact : story.facts()) {
          for (int w = 0; w < fact.attribute().unseenWordings(); w++) {
            assertThat(edit)
                .doesNotContain(fact.attribute().unseenQuestion(w, fact.person().name()));
          }
        }
      }
      assertThat(story.passage().context()).doesNotContain("?");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everything_that_is_said_is_canonical_text_of_the_tokenizer(EditStyle style) {
    WordTokenizer tokenizer = InventedWorld.tokenizer();
    Rng rng = rng("tokens" + style);
    for (int i = 0; i < 100; i++) {
      Story story = WORLD.draw(rng);
      for (String text :
          List.of(
              story.passage().context() + "\n" + InventedWorld.CUE + "\n",
              style.write(story, rng),
              InventedWorld.anyQuestion(story.facts().get(0), rng),
              InventedWorld.anyStatement(story.facts().get(8), rng))) {
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
      }
    }
  }

  @Test
  void a_passage_tells_three_facts_of_each_of_three_persons_and_asks_for_each() {
    Story story = WORLD.story(PersonPool.CONFIRMATION, 7);
    assertThat(story.facts()).hasSize(9);
    assertThat(story.facts().stream().map(Fact::person).distinct()).hasSize(3);
    assertThat(story.facts().stream().map(Fact::attribute).distinct()).hasSize(3);
    assertThat(story.facts().stream().map(fact -> fact.attribute() + fact.value()).distinct())
        .as("values differ, so that guessing the kind is not enough")
        .hasSize(9);
    for (int i = 0; i < 9; i++) {
      Fact fact = story.facts().get(i);
      assertThat(story.passage().context()).contains(fact.person().name(), fact.value());
      assertThat(story.passage().questions().get(i).gold()).isEqualTo(fact.value());
      assertThat(story.passage().questions().get(i).text()).contains(fact.person().name());
    }
  }

  @Test
  void a_passage_depends_on_seed_pool_and_index_alone() {
    InventedWorld again = new InventedWorld(Seeds.of(SEED));
    again.draw(rng("other draws before it"));
    assertThat(again.story(PersonPool.LOOP, 3)).isEqualTo(WORLD.story(PersonPool.LOOP, 3));
    assertThat(new InventedWorld(Seeds.of(SEED + 1)).story(PersonPool.LOOP, 3))
        .isNotEqualTo(WORLD.story(PersonPool.LOOP, 3));
  }

  @Test
  void a_passage_that_a_pool_has_not_is_refused() {
    assertThatThrownBy(() -> WORLD.story(PersonPool.DEVELOPMENT, 46))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("0 to 45");
  }
}
