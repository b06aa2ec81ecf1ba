package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.bundle.StackedAdapters;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.KvCache;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.Exam;
import org.seal4j.rl.Grade;
import org.seal4j.rl.inner.ExamRunner;

/**
 * Answers a piece of what is asked, with several adapters side by side in one batch.
 *
 * @param weights of the model
 * @param alone how a question alone is answered
 * @param reading how one is answered that passages stand in front of
 */
record ModelAnswers(Weights weights, GenerationConfig alone, GenerationConfig reading)
    implements AskedLog.Answerer {

  @Override
  public List<Ask.Reply> replies(List<Ask> piece, Worker worker) {
    List<Over> over = new ArrayList<>();
    int[] places = new int[piece.size()];
    for (int i = 0; i < places.length; i++) {
      String name = piece.get(i).over().name();
      int place = over.stream().map(Over::name).toList().indexOf(name);
      if (place < 0) {
        over.add(piece.get(i).over());
      }
      places[i] = place < 0 ? over.size() - 1 : place;
    }
    if (over.get(0).rank() == 0) {
      return replies(piece, places, LinearBank.base(weights), worker);
    }
    try (AdapterBank bank = together(over)) {
      return replies(piece, places, new LoraBank(weights, bank, over.size()), worker);
    }
  }

  private List<Ask.Reply> replies(List<Ask> piece, int[] adapters, LinearBank bank, Worker worker) {
    List<Exam> exams = piece.stream().map(Ask::exam).toList();
    if (!piece.get(0).inSight().isEmpty()) {
      return read(exams, bank, worker);
    }
    try (KvCache cache = new KvCache(weights.config(), worker.engine());
        ExamRunner runner = new ExamRunner(alone, weights, bank, worker, cache)) {
      return runner.examine(exams, adapters).stream()
          .map(result -> reply(result.grade(), result.negLogLikelihood()))
          .toList();
    }
  }

  /** What prompts begin with alike, such as a passage, is read once. */
  private List<Ask.Reply> read(List<Exam> exams, LinearBank bank, Worker worker) {
    try (Generator generator =
        new Generator(weights, bank, worker, GeneratorOptions.alike(exams.size()))) {
      List<Generation> made =
          generator.generate(exams.stream().map(exam -> exam.prompts().get(0)).toList(), reading);
      List<Ask.Reply> replies = new ArrayList<>();
      for (int i = 0; i < made.size(); i++) {
        replies.add(reply(exams.get(i).grade(List.of(made.get(i).tokens())), 0));
      }
      return replies;
    }
  }

  private static Ask.Reply reply(Grade grade, double negLogLikelihood) {
    return new Ask.Reply(String.join("\n", grade.answers()), grade.reward(), negLogLikelihood);
  }

  /** Adapters of one rank side by side, in this order; the caller closes them. */
  private AdapterBank together(List<Over> over) {
    List<AdapterBank> single = new ArrayList<>();
    try {
      over.forEach(one -> single.add(one.load().get()));
      LoraConfig config = single.get(0).config();
      for (int i = 0; i < single.size(); i++) {
        Checks.require(
            single.get(i).config().equals(config),
            "the adapter %s is %s but another of the run is %s",
            over.get(i).name(),
            single.get(i).config(),
            config);
      }
      return StackedAdapters.of(weights.config(), single);
    } finally {
      single.forEach(AdapterBank::close);
    }
  }
}
