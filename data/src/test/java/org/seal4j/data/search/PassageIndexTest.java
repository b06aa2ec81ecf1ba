package org.seal4j.data.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.search.PassageIndex.Entry;
import org.seal4j.data.search.PassageIndex.Hit;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.testing.TestSeeds;

/** Passages are ranked by the words they share with a question. */
class PassageIndexTest {
  private static final List<Entry> NOTES =
      List.of(
          new Entry("mill", "The mill of Tarn Hill burned in 1911."),
          new Entry("orchard", "The orchard of Tarn Hill was planted in 1902 by Maud Ferris."),
          new Entry("pump", "The pump is oiled each Monday with thin oil."));

  @Test
  void the_passage_that_shares_rare_words_comes_first() {
    try (PassageIndex index = PassageIndex.of(NOTES)) {
      assertThat(index.search("Who planted the orchard of Tarn Hill?", 3))
          .extracting(Hit::id)
          .containsExactly("orchard", "mill");
    }
  }

  @Test
  void words_are_found_without_their_endings_and_in_any_case() {
    try (PassageIndex index = PassageIndex.of(NOTES)) {
      assertThat(index.search("OILING PUMPS", 1)).extracting(Hit::id).containsExactly("pump");
      assertThat(index.search("Is it the one that is in there?", 1)).isEmpty();
      assertThat(index.search("", 1)).isEmpty();
    }
  }

  @Test
  void a_score_is_BM25_by_the_formula() {
    List<Entry> two = List.of(new Entry("a", "pump oil oil"), new Entry("b", "mill"));
    try (PassageIndex index = PassageIndex.of(two)) {
      double idf = Math.log(1 + (2 - 1 + 0.5) / (1 + 0.5));
      double norm = 1.2 * (1 - 0.75 + 0.75 * 3 / 2.0);
      assertThat(index.search("oil", 1).get(0).score())
          .isCloseTo(idf * 2 / (2 + norm), within(1e-6));
      assertThat(index.rarest()).isCloseTo(Math.log(1 + 2.5 / 0.5), within(1e-12));
    }
  }

  @Test
  void the_order_in_which_passages_are_given_does_not_matter() {
    Rng rng = TestSeeds.of("order of passages", 41).rng();
    List<Entry> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      int length = 5 + rng.nextInt(40);
      for (int k = 0; k < length; k++) {
        text.append("w").append(rng.nextInt(60)).append(' ');
      }
      many.add(new Entry("p" + i, text.toString()));
    }
    List<Entry> other = new ArrayList<>(many);
    int[] order = rng.permutation(many.size());
    IntStream.range(0, order.length).forEach(i -> other.set(i, many.get(order[i])));
    try (PassageIndex one = PassageIndex.of(many);
        PassageIndex two = PassageIndex.of(other)) {
      for (int q = 0; q < 50; q++) {
        String question = "w%d w%d w%d".formatted(q, (7 * q) % 60, (11 * q) % 60);
        List<Hit> hits = one.search(question, 10);
        assertThat(hits).hasSize(10).isEqualTo(two.search(question, 10));
        assertThat(hits).allMatch(hit -> hit.score() < 3 * one.rarest());
      }
    }
  }

  @Test
  void equal_scores_are_in_the_order_of_the_ids() {
    List<Entry> same = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      same.add(new Entry("p" + i, "the same words"));
    }
    Collections.reverse(same);
    try (PassageIndex index = PassageIndex.of(same)) {
      assertThat(index.search("words", 4))
          .extracting(Hit::id)
          .containsExactly("p0", "p1", "p2", "p3");
    }
  }

  @Test
  void a_question_as_long_as_a_text_is_searched_by_its_first_words() {
    try (PassageIndex index = PassageIndex.of(NOTES)) {
      StringBuilder question = new StringBuilder("1911 ");
      IntStream.range(0, 3000).forEach(i -> question.append("word").append(i).append(' '));
      assertThat(index.search(question.toString(), 1)).extracting(Hit::id).containsExactly("mill");
    }
  }

  @Test
  void no_passage_and_equal_ids_are_refused() {
    assertThatThrownBy(() -> PassageIndex.of(List.of()))
        .isInstanceOf(InputException.class)
        .hasMessage("there is no passage to be searched; give one at least");
    assertThatThrownBy(() -> PassageIndex.of(List.of(new Entry("a", "one"), new Entry("a", "two"))))
        .hasMessage("two passages have the id a; give each its own");
  }
}
