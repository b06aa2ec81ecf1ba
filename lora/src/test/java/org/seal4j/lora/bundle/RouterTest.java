package org.seal4j.lora.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.lora.bundle.Ranking.Ranked;

/** Passages are ranked by words, by states and by both. */
class RouterTest {
  private static final List<BundleEntry> ENTRIES =
      List.of(
          entry("a", "The mill burned in 1911.", 1, 0),
          entry("b", "The pump is oiled on Mondays.", 1, 1),
          entry("c", "Pears grow in the orchard.", 0, 2));

  private static BundleEntry entry(String id, String text, float... state) {
    return new BundleEntry(id, id, "", id, text, "0".repeat(64), 1, 0, StateVector.of(state));
  }

  private static final StateVector ZERO = StateVector.of(new float[2]);

  private static Router fixed(double evidence, String... order) {
    return question ->
        new Ranking(
            List.of(order).stream().map(passage -> new Ranked(passage, 1)).toList(), evidence);
  }

  @Test
  void words_decide_and_the_evidence_is_the_score_in_units_of_a_word_of_no_passage() {
    try (Bm25Router router = new Bm25Router(ENTRIES)) {
      Ranking ranking = router.rank("Who oils the pump?");
      assertThat(ranking.passages()).extracting(Ranked::passage).containsExactly("b");
      double score = ranking.passages().get(0).score();
      assertThat(ranking.evidence()).isCloseTo(score / Math.log(1 + 3.5 / 0.5), within(1e-12));
      assertThat(router.rank("What is the capital of Norway?")).isEqualTo(Ranking.none());
    }
  }

  @Test
  void states_are_compared_by_their_cosine() {
    StateRouter router = new StateRouter(ENTRIES, ZERO, text -> StateVector.of(new float[] {0, 3}));
    Ranking ranking = router.rank("?");
    assertThat(ranking.passages()).extracting(Ranked::passage).containsExactly("c", "b", "a");
    assertThat(ranking.evidence()).isEqualTo(1);
    assertThat(ranking.passages().get(1).score()).isCloseTo(Math.sqrt(0.5), within(1e-12));
    assertThat(ranking.passages().get(2).score()).isZero();
  }

  @Test
  void states_are_seen_from_an_origin() {
    StateVector origin = StateVector.of(new float[] {1, 0});
    StateRouter router =
        new StateRouter(ENTRIES, origin, text -> StateVector.of(new float[] {0, 2}));
    Ranking ranking = router.rank("?");
    // From there a is nowhere, b lies straight up, and c and the question to the left of it.
    assertThat(ranking.passages()).extracting(Ranked::passage).containsExactly("c", "b", "a");
    assertThat(ranking.evidence()).isCloseTo(1, within(1e-12));
    assertThat(ranking.passages().get(1).score()).isCloseTo(2 / Math.sqrt(5), within(1e-12));
    assertThat(ranking.passages().get(2).score()).isZero();
  }

  @Test
  void a_state_of_another_model_is_refused() {
    StateRouter router =
        new StateRouter(ENTRIES, ZERO, text -> StateVector.of(new float[] {1, 2, 3}));
    assertThatThrownBy(() -> router.rank("?"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "the question's state has 3 numbers but those of the passages have");
  }

  @Test
  void ranks_are_fused_by_their_reciprocals() {
    Ranking ranking =
        new FusedRouter(List.of(fixed(0.2, "a", "b", "c"), fixed(0.6, "b", "c"))).rank("?");
    assertThat(ranking.passages()).extracting(Ranked::passage).containsExactly("b", "c", "a");
    assertThat(ranking.passages().get(0).score()).isEqualTo(1.0 / 62 + 1.0 / 61);
    assertThat(ranking.passages().get(2).score()).isEqualTo(1.0 / 61);
    assertThat(ranking.evidence()).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void equal_scores_are_in_the_order_of_the_ids() {
    Ranking ranking = new FusedRouter(List.of(fixed(1, "b", "a"), fixed(1, "a", "b"))).rank("?");
    assertThat(ranking.passages()).extracting(Ranked::passage).containsExactly("a", "b");
  }

  @Test
  void a_routing_takes_the_first_ones_where_the_gate_lets_it() {
    BundleContents bundle =
        new BundleContents(
            new BundleBase("m", "0".repeat(64), SmallBundles.LORA),
            new RouteWay(RouteBy.BM25, 1),
            "",
            ENTRIES,
            List.of());
    Gate gate = new Gate(0.5, 0, 0, 0, 0);
    try (Routing open = new Routing(bundle, fixed(0.5, "b", "c", "a"), gate, 2);
        Routing closed = new Routing(bundle, fixed(0.49, "b", "c", "a"), gate, 2)) {
      assertThat(open.route("?").choices())
          .extracting(choice -> choice.entry().passage())
          .containsExactly("b", "c");
      assertThat(closed.route("?").choices()).isEmpty();
      assertThat(closed.route("?").evidence()).isEqualTo(0.49);
    }
  }
}
