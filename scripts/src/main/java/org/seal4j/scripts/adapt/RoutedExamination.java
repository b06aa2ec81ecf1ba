package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.Route;
import org.seal4j.lora.bundle.Routing;
import org.seal4j.lora.bundle.StackedAdapters;
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
  /** Ways that are answered in one batch; the adapters of all of them are in memory then. */
  private static final int WAYS = 8;

  /**
   * What came out.
   *
   * @param paper the answers
   * @param routes where each question went
   * @param paragraphs of the general text that some adapter read
   */
  record Routed(Examination.Paper paper, List<Route> routes, int paragraphs) {
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
    for (List<List<Integer>> together : batches(routes, groups(routes).values())) {
      answer(exam, routes, together, answers, workers);
    }
    List<Route> paragraphs = paragraphs();
    Measure general = general(exam, before, paragraphs, workers);
    return new Routed(
        new Examination.Paper(exam.questions(), answers, general),
        routes,
        (int) paragraphs.stream().filter(route -> !route.choices().isEmpty()).count());
  }

  /** Where the paragraphs of the general text go. */
  private List<Route> paragraphs() {
    return GeneralAbility.paragraphs().stream()
        .map(paragraph -> routing.route(GeneralAbility.firstSentence(paragraph)))
        .toList();
  }

  /** Questions of several ways in one batch, each with the adapters of its own way. */
  private void answer(
      Examination exam,
      List<Route> routes,
      List<List<Integer>> together,
      List<String> answers,
      Workers workers) {
    List<AdapterBank> banks = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    List<Integer> adapters = new ArrayList<>();
    try {
      for (List<Integer> way : together) {
        for (int place : way) {
          places.add(place);
          adapters.add(banks.size());
        }
        banks.add(bank(routes.get(way.get(0))));
      }
      try (AdapterBank all = StackedAdapters.of(model.config(), banks)) {
        List<String> made =
            new ClosedBookAnswers(exam.form(), exam.tokens())
                .of(
                    model.weights(),
                    new LoraBank(model.weights(), all, banks.size()),
                    places.stream().map(place -> exam.questions().get(place).text()).toList(),
                    adapters.stream().mapToInt(Integer::intValue).toArray(),
                    workers);
        for (int i = 0; i < made.size(); i++) {
          answers.set(places.get(i), made.get(i));
        }
      }
    } finally {
      banks.forEach(AdapterBank::close);
    }
  }

  /** Ways that are answered together: those with as many adapters, so that they are of one rank. */
  private static List<List<List<Integer>>> batches(
      List<Route> routes, Collection<List<Integer>> ways) {
    Map<Integer, List<List<Integer>>> byAdapters = new TreeMap<>();
    for (List<Integer> way : ways) {
      int count = routes.get(way.get(0)).choices().size();
      byAdapters.computeIfAbsent(count, c -> new ArrayList<>()).add(way);
    }
    List<List<List<Integer>>> batches = new ArrayList<>();
    for (List<List<Integer>> alike : byAdapters.values()) {
      for (int from = 0; from < alike.size(); from += WAYS) {
        batches.add(alike.subList(from, Math.min(from + WAYS, alike.size())));
      }
    }
    return batches;
  }

  private Measure general(
      Examination exam, Examination.Paper before, List<Route> routes, Workers workers) {
    List<Lesson> lessons = exam.generalText();
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
    try (AdapterBank bank = bank(route)) {
      body.accept(new LoraBank(model.weights(), bank, 1));
    }
  }

  /** The adapters of a route as one; the caller closes it. */
  private AdapterBank bank(Route route) {
    return SummedAdapters.read(
        model.config(),
        route,
        entry -> {
          try (PeftAdapter read = bundle.load(entry, model.config())) {
            return read.toBank();
          }
        });
  }
}
