package org.seal4j.eval.squad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class ProxyRewardTest {
  private static final String TITLE = "Rome";
  private static final String CONTEXT =
      "Rome fell in 476, when Odoacer removed the last emperor. Its senate met on for a century.";
  private static final List<String> GOOD =
      List.of(
          "1. Rome fell in 476.",
          "2. The last emperor was removed by Odoacer.",
          "3. The senate met for a century more.");

  private static ProxyReward of(List<String> statements) {
    return ProxyReward.of(statements, TITLE, CONTEXT);
  }

  @Test
  void a_full_faithful_and_varied_text_has_high_scores() {
    assertThat(of(GOOD)).isEqualTo(new ProxyReward(5, 5, 5, 5));
    assertThat(of(GOOD).sum()).isEqualTo(20);
  }

  @Test
  void no_statement_has_the_lowest_scores() {
    assertThat(of(List.of())).isEqualTo(new ProxyReward(1, 1, 1, 1));
    assertThat(of(List.of("", "...", "the")).sum()).isEqualTo(4);
  }

  @Test
  void length_is_relative_to_the_passage() {
    assertThat(of(List.of("Rome")).length()).isEqualTo(1);
    assertThat(of(GOOD.subList(0, 2)).length()).isBetween(2, 4);
    assertThat(ProxyReward.of(GOOD, TITLE, CONTEXT.repeat(4)).length()).isLessThan(3);
  }

  @Test
  void repeating_a_statement_costs_diversity_and_gains_no_coverage() {
    List<String> twice = new ArrayList<>(GOOD);
    twice.addAll(GOOD);
    assertThat(of(twice).diversity()).isLessThan(of(GOOD).diversity());
    assertThat(of(twice).coverage()).isEqualTo(of(GOOD).coverage());
    assertThat(of(twice).correctness()).isEqualTo(of(GOOD).correctness());
  }

  @Test
  void a_statement_with_a_foreign_number_name_or_topic_is_not_borne_out() {
    for (String wrong :
        List.of(
            "Rome fell in 477.", "The last emperor, removed by Alaric, met Rome.", "Cats purr.")) {
      assertThat(of(List.of(wrong)).correctness()).as(wrong).isEqualTo(1);
      List<String> mixed = new ArrayList<>(GOOD);
      mixed.add(wrong);
      assertThat(of(mixed).correctness()).as(wrong).isBetween(2, 4);
    }
  }

  @Test
  void the_list_number_of_a_statement_is_no_number_of_its_content() {
    assertThat(of(List.of("17. Rome fell in 476.")).correctness()).isEqualTo(5);
    assertThat(of(List.of("- Rome fell in 476.")).correctness()).isEqualTo(5);
  }

  @Test
  void scores_out_of_bounds_are_refused() {
    assertThatThrownBy(() -> new ProxyReward(0, 1, 1, 1)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> new ProxyReward(1, 1, 1, 6)).isInstanceOf(InputException.class);
  }

  @Tag("slow")
  @Test
  void a_reward_that_follows_the_proxy_correlates_fully_and_one_drawn_apart_does_not() {
    long seed = Long.getLong("seal.test.seed", 9);
    Rng rng = Seeds.of(seed).child("study").rng();
    List<List<ProxyStudy.Scored>> follows = new ArrayList<>();
    List<List<ProxyStudy.Scored>> apart = new ArrayList<>();
    for (int passage = 0; passage < 30; passage++) {
      List<ProxyStudy.Scored> first = new ArrayList<>();
      List<ProxyStudy.Scored> second = new ArrayList<>();
      for (int edit = 0; edit < 5; edit++) {
        ProxyReward proxy = new ProxyReward(1 + edit, 3, 3, 1 + rng.nextInt(5));
        first.add(new ProxyStudy.Scored(proxy, proxy.sum() / 20.0));
        second.add(new ProxyStudy.Scored(proxy, rng.nextDouble()));
      }
      follows.add(first);
      apart.add(second);
    }
    ProxyStudy.Row sure = ProxyStudy.of(follows, Seeds.of(1)).rows().get(0);
    assertThat(sure.pooled().value()).as("seed %d", seed).isCloseTo(1, within(1e-9));
    assertThat(sure.within().value()).isCloseTo(1, within(1e-9));
    assertThat(sure.lift().interval().isAboveZero()).isTrue();
    ProxyStudy.Row none = ProxyStudy.of(apart, Seeds.of(1)).rows().get(0);
    assertThat(Math.abs(none.pooled().value())).as("seed %d", seed).isLessThan(0.3);
    ProxyStudy.Row constant = ProxyStudy.of(apart, Seeds.of(1)).rows().get(2);
    assertThat(constant.score()).isEqualTo("diversity");
    assertThat(constant.within().value()).isZero();
    assertThat(constant.lift().value()).isCloseTo(0, within(1e-12));
  }
}
