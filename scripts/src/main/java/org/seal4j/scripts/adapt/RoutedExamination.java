package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.Route;
import org.seal4j.lora.bundle.Routing;
import org.seal4j.lora.bundle.SummedAdapters;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Score;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.study.ClosedBookAnswers;
import org.seal4j.scripts.tuning.Lesson;
import org.seal4j.scripts.tuning.Measure;

/**
 * Examines a model with a bundle: each question is answered with the adapters that it is routed to,
 * or as before where it is for none. A paragraph of the general text goes where its first sentence
 * goes.
 *
 * @param model of the bundle
 * @param bundle whose adapters answer
 * @param routing of the questions
 * @param parts that a text is scored in
 */
record RoutedExamination(ModelFolder model, Bundle bundle, Routing routing, int parts) {
  /**
   * What came out.
   *
   * @param paper the answers
   * @param routes where each question went
   */
  record Routed(Examination.Paper paper, List<Route> routes) {
    Routed {
      routes = List.copyOf(routes);
    }

    /** Questions whose passage is known. */
    int known() {
      return count(place -> !paper.questions().get(place).passage().isEmpty());
    }

    /** Those among them that were sent to their passage first. */
    int found() {
      return count(
          place -> {
            String passage = paper.questions().get(place).passage();
            List<Route.Choice> choices = routes.get(place).choices();
            return !choices.isEmpty() && choices.get(0).entry().passage().equals(passage);
          });
    }

    /** Those among them that no adapter answered. */
    int stopped() {
      return count(
          place ->
              !paper.questions().get(place).passage().isEmpty()
                  && routes.get(place).choices().isEmpty());
    }

    private int count(IntPredicate which) {
      return (int) IntStream.range(0, routes.size()).filter(which).count();
    }

    /** For a person. */
    String sentence() {
      return "of %d questions about a passage %d were sent to it, %d to another and %d to none"
          .formatted(known(), found(), known() - found() - stopped(), stopped());
    }

    /** General questions that some adapter answered. */
    int strayed() {
      return count(
          place ->
              paper.questions().get(place).origin() == Asked.Origin.GENERAL
                  && !routes.get(place).choices().isEmpty());
    }
  }

  /** Examines. */
  Routed of(Examination exam, Examination.Paper before, Workers workers) {
    List<Route> routes =
        exam.questions().stream().map(asked -> routing.route(asked.text())).toList();
    List<String> answers = new ArrayList<>(before.answers());
    groups(routes)
        .forEach(
            (key, places) -> {
              List<String> asked =
                  places.stream().map(place -> exam.questions().get(place).text()).toList();
              with(
                  routes.get(places.get(0)),
                  linears -> {
                    List<String> made =
                        new ClosedBookAnswers(exam.form(), exam.tokens())
                            .of(model.weights(), linears, asked, workers);
                    for (int i = 0; i < made.size(); i++) {
                      answers.set(places.get(i), made.get(i));
                    }
                  });
            });
    return new Routed(
        new Examination.Paper(exam.questions(), answers, general(exam, before, workers)), routes);
  }

  private Measure general(Examination exam, Examination.Paper before, Workers workers) {
    List<Lesson> lessons = exam.generalText();
    List<Route> routes =
        GeneralAbility.paragraphs().stream()
            .map(paragraph -> routing.route(GeneralAbility.firstSentence(paragraph)))
            .toList();
    List<Score> scores = new ArrayList<>(before.general().scores());
    groups(routes)
        .forEach(
            (key, places) ->
                with(
                    routes.get(places.get(0)),
                    linears -> {
                      List<Lesson> own = places.stream().map(lessons::get).toList();
                      Measure measured = Measure.of(model.weights(), linears, own, parts, workers);
                      for (int i = 0; i < own.size(); i++) {
                        scores.set(places.get(i), measured.scores().get(i));
                      }
                    }));
    return new Measure(before.general().lines(), scores);
  }

  /** The places of those that go the same way; without those that go nowhere. */
  private static Map<List<String>, List<Integer>> groups(List<Route> routes) {
    Map<List<String>, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < routes.size(); i++) {
      List<String> way =
          routes.get(i).choices().stream().map(choice -> choice.entry().passage()).toList();
      if (!way.isEmpty()) {
        groups.computeIfAbsent(way, unused -> new ArrayList<>()).add(i);
      }
    }
    return groups;
  }

  /** Does something with the model on a route. */
  private void with(Route route, Consumer<LinearBank> body) {
    List<AdapterBank> banks = new ArrayList<>();
    try {
      for (Route.Choice choice : route.choices()) {
        try (PeftAdapter read = bundle.load(choice.entry(), model.config())) {
          banks.add(read.toBank());
        }
      }
      if (banks.size() == 1) {
        body.accept(new LoraBank(model.weights(), banks.get(0), 1));
        return;
      }
      List<Double> weights = route.choices().stream().map(Route.Choice::weight).toList();
      try (AdapterBank sum = SummedAdapters.of(model.config(), banks, weights)) {
        body.accept(new LoraBank(model.weights(), sum, 1));
      }
    } finally {
      banks.forEach(AdapterBank::close);
    }
  }
}
