package org.seal4j.data.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class EditReaderTest {
  private static final long SEED = Long.getLong("seal.seed", 20261121);
  private static final InventedWorld WORLD = new InventedWorld(Seeds.of(SEED));

  @ParameterizedTest
  @EnumSource
  void what_a_style_writes_is_read_as_that_style_and_as_true(EditStyle style) {
    Rng rng = Seeds.of(SEED).child("reader", style).rng();
    for (int i = 0; i < 200; i++) {
      Story story = WORLD.draw(rng);
      String edit = style.writeAll(story, rng);
      EditReader.Reading reading = EditReader.read(edit, story);
      assertThat(reading.style()).as("seed %d: %s", SEED, edit).contains(style);
      assertThat(reading.lines()).isEqualTo(style == EditStyle.REWRITE ? 3 : 9);
      assertThat(reading.claims()).isEqualTo(style == EditStyle.VAGUE ? 0 : 9);
      assertThat(reading.right()).isEqualTo(reading.claims());
    }
  }

  @Test
  void a_value_of_another_person_is_wrong() {
    Story story = WORLD.story(PersonPool.LOOP, 0);
    Fact first = story.facts().get(0);
    Fact other =
        story.facts().stream()
            .filter(f -> f.attribute() == first.attribute() && !f.person().equals(first.person()))
            .findFirst()
            .orElseThrow();
    Fact swapped = new Fact(first.person(), first.attribute(), other.value());
    String edit =
        first.statement() + "\n" + swapped.statement() + "\n" + swapped.questionAndAnswer();
    assertThat(EditReader.read(edit, story)).extracting("claims", "right").containsExactly(3, 1);
  }

  @Test
  void lines_in_no_wording_of_the_world_are_no_claims() {
    Story story = WORLD.story(PersonPool.LOOP, 0);
    EditReader.Reading reading = EditReader.read("lives in\n\nwho knows?", story);
    assertThat(reading.style()).isEmpty();
    assertThat(reading.lines()).isEqualTo(2);
    assertThat(reading.claims()).isZero();
  }
}
