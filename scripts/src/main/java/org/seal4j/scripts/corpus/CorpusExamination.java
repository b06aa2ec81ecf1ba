package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.scripts.adapt.GeneralAbility;

/**
 * Puts the questions of a corpus to the model as a method says, and questions about nothing known.
 *
 * @param plan which passages are asked about
 * @param methods what each does with a question
 * @param exam how questions are put
 * @param answers answers them
 * @param log of all that was asked
 */
record CorpusExamination(
    Lab lab,
    CorpusPlan plan,
    CorpusMethods methods,
    CorpusExam exam,
    ModelAnswers answers,
    AskedLog log) {

  /** A question on its way: its passage where it has one, what was taken for it, what is asked. */
  private record Placed(
      Optional<Examined> about, Question question, List<String> found, Ask ask, double seconds) {}

  /** A method on a corpus of this size. */
  CorpusRow of(Method method, int size, CorpusRoutes routes) {
    List<Placed> own = new ArrayList<>();
    for (Examined about : plan.asked(size)) {
      for (Question question : about.passage().questions()) {
        own.add(placed(method, size, routes, Optional.of(about), question));
      }
    }
    List<Placed> general = new ArrayList<>();
    List<Ask> text = new ArrayList<>();
    if (CorpusMethods.answersAll(method)) {
      GeneralAbility.closedBook()
          .forEach(q -> general.add(placed(method, size, routes, Optional.empty(), q)));
      if (!(method instanceof Method.Retrieval)) {
        text.addAll(text(method, size, routes));
      }
    }
    List<Ask> all = new ArrayList<>();
    own.forEach(one -> all.add(one.ask));
    general.forEach(one -> all.add(one.ask));
    all.addAll(text);
    log.answer(all, answers, lab.workers(), body -> methods.within(method, size, body));
    return new CorpusRow(
        size,
        method,
        own.stream()
            .map(
                one ->
                    new CorpusRow.Item(
                        one.about.orElseThrow(), one.question, one.found, log.reply(one.ask)))
            .toList(),
        general(method, general, text),
        methods.bytes(method, size),
        own.stream()
            .mapToDouble(one -> one.seconds + log.seconds(one.ask))
            .average()
            .orElse(Double.NaN));
  }

  /**
   * Asks about passages while something stands over the model.
   *
   * @param around is given what asks, and runs it
   */
  List<CorpusRow.Item> asked(List<Passage> about, Over over, Consumer<Runnable> around) {
    List<Ask> asks = new ArrayList<>();
    for (Passage passage : about) {
      for (Question question : passage.questions()) {
        asks.add(exam.ask(over, List.of(), Optional.of(passage), question));
      }
    }
    log.answer(asks, answers, lab.workers(), around);
    List<CorpusRow.Item> items = new ArrayList<>();
    for (Passage passage : about) {
      for (Question question : passage.questions()) {
        Ask.Reply reply = log.reply(asks.get(items.size()));
        items.add(new CorpusRow.Item(Examined.alone(passage, 0), question, List.of(), reply));
      }
    }
    return items;
  }

  private Placed placed(
      Method method, int size, CorpusRoutes routes, Optional<Examined> about, Question question) {
    double before = CpuSeconds.now();
    List<String> sources = about.map(Examined::sources).orElse(List.of());
    CorpusMethods.Sent sent = methods.send(method, size, routes, sources, question.text());
    double seconds = CpuSeconds.now() - before;
    Ask ask = exam.ask(sent.over(), sent.inSight(), about.map(Examined::passage), question);
    return new Placed(about, question, sent.found(), ask, seconds);
  }

  /** The general text: a paragraph goes where its first sentence goes. */
  private List<Ask> text(Method method, int size, CorpusRoutes routes) {
    List<Ask> text = new ArrayList<>();
    for (String paragraph : GeneralAbility.paragraphs()) {
      CorpusMethods.Sent sent =
          methods.send(method, size, routes, List.of(), GeneralAbility.firstSentence(paragraph));
      text.add(exam.paragraph(sent.over(), text.size() + 1, paragraph));
    }
    return text;
  }

  private CorpusRow.@Nullable General general(
      Method method, List<Placed> questions, List<Ask> text) {
    if (questions.isEmpty()) {
      return null;
    }
    boolean finds = method instanceof Method.Routed || method instanceof Method.Retrieval;
    double sent = questions.stream().filter(one -> !one.found.isEmpty()).count();
    double right =
        questions.stream().mapToDouble(one -> log.reply(one.ask).grade()).average().orElse(0);
    double nats =
        text.stream()
            .mapToDouble(ask -> log.reply(ask).negLogLikelihood())
            .average()
            .orElse(Double.NaN);
    return new CorpusRow.General(
        finds ? OptionalDouble.of(sent / questions.size()) : OptionalDouble.empty(),
        right,
        Math.exp(nats));
  }
}
