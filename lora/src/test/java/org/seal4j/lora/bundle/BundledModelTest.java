package org.seal4j.lora.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seal4j.data.check.InputException;
import org.seal4j.lora.text.Completion;
import org.seal4j.lora.text.SingleQuestion;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.generate.Sampling;

/** A model answers with the adapter that a question is for. */
class BundledModelTest {
  private static final Completion.Request REQUEST =
      new Completion.Request(Sampling.mostLikely(), 12, List.of(), 1);

  @TempDir static Path temp;
  private static TextModel model;
  private static Bundle bundle;

  @BeforeAll
  static void make_a_bundle() {
    model = TextModel.open(SmallBundles.model(temp.resolve("model"), 4), null, null);
    List<String> ids = List.copyOf(new TreeSet<>(SmallBundles.NOTES.keySet()));
    Path adapters = temp.resolve("adapters");
    bundle =
        Bundle.write(temp.resolve("bundle"), SmallBundles.contents(model, adapters, ids), adapters);
  }

  @AfterAll
  static void close_the_model() {
    model.close();
  }

  private static Completion answer(TextModel with, String question) {
    return new SingleQuestion(List.of(), question).ask(with, REQUEST, piece -> {});
  }

  @Test
  void a_routed_adapter_alone_answers_as_if_it_were_loaded_alone_bit_for_bit() {
    try (BundledModel bundled = BundledModel.open(bundle, model, new RouteWay(RouteBy.BM25, 1))) {
      for (BundleEntry entry : bundle.contents().entries()) {
        String question = SmallBundles.NOTES.get(entry.passage()).get(1);
        Route route = bundled.route(question);
        assertThat(route.choices())
            .extracting(choice -> choice.entry().passage())
            .containsExactly(entry.passage());
        try (TextModel routed = bundled.adapted(route);
            TextModel alone = model.withAdapter(bundle.adapter(entry))) {
          Completion made = answer(routed, question);
          Completion expected = answer(alone, question);
          assertThat(made.tokens()).isEqualTo(expected.tokens());
          assertThat(made.meanLogProb()).isEqualTo(expected.meanLogProb());
          assertThat(made.meanLogProb()).isNotEqualTo(answer(model, question).meanLogProb());
        }
      }
    }
  }

  @Test
  void a_question_about_nothing_known_is_answered_by_the_model_as_it_is() {
    try (BundledModel bundled = BundledModel.open(bundle, model, new RouteWay(RouteBy.BM25, 3))) {
      for (String question : SmallBundles.UNKNOWN) {
        Route route = bundled.route(question);
        assertThat(route.choices()).isEmpty();
        try (TextModel routed = bundled.adapted(route)) {
          assertThat(answer(routed, question).meanLogProb())
              .isEqualTo(answer(model, question).meanLogProb());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RouteBy.class)
  void every_way_ranks_all_that_it_can_and_several_adapters_are_summed(RouteBy by) {
    try (BundledModel bundled =
        BundledModel.open(
            bundle, model, reader -> by.router(bundle.contents(), reader::of), Gate.open(), 3)) {
      Route route =
          bundled.route("When did the mill burn, and who planted the orchard and oiled the pump?");
      List<String> passages = new ArrayList<>();
      route.choices().forEach(choice -> passages.add(choice.entry().passage()));
      assertThat(passages).hasSize(3).doesNotHaveDuplicates();
      if (by != RouteBy.STATES) {
        assertThat(passages).contains("mill.md/1");
      }
      try (TextModel summed = bundled.adapted(route)) {
        assertThat(answer(summed, "When?").meanLogProb())
            .isNotEqualTo(answer(model, "When?").meanLogProb());
      }
    }
  }

  @Test
  void another_model_is_refused() {
    try (TextModel other =
        TextModel.open(SmallBundles.model(temp.resolve("other"), 5), null, null)) {
      assertThatThrownBy(() -> BundledModel.open(bundle, other, new RouteWay(RouteBy.BM25, 1)))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(
              "the bundle's adapters were trained over small, whose weights have")
          .hasMessageEndingWith("name the bundle's own model");
    }
  }

  @Test
  void an_adapter_that_does_something_else_than_when_it_was_made_is_refused() {
    BundleEntry good = bundle.contents().entries().get(0);
    AdapterCanary.require(good, good.canary() + 1e-4);
    assertThatThrownBy(() -> AdapterCanary.require(good, good.canary() + 1))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "the adapter " + good.pinned() + " does not do what it did when it was made");
    BundleEntry other =
        new BundleEntry(
            good.passage(),
            good.document(),
            good.title(),
            good.source(),
            good.text(),
            good.adapter(),
            good.bytes(),
            good.canary() + 1,
            good.state());
    Route route = new Route(List.of(new Route.Choice(other, 1, 1)), 1, Gate.open());
    try (BundledModel bundled = BundledModel.open(bundle, model, new RouteWay(RouteBy.BM25, 1))) {
      assertThatThrownBy(() -> bundled.adapted(route)).hasMessageContaining("nats per token");
    }
  }
}
