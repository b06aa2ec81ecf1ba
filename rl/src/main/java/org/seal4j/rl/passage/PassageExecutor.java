package org.seal4j.rl.passage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.train.AdapterGroup;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.model.generate.KvCache;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Outcome;

/**
 * Evaluates self-edits about passages: each becomes the training texts of some adapters (the
 * repetitions), and each adapted model answers the passage's questions without the passage
 * (docs/seal.md §2.4 to §2.6). A job without an edit is answered by the model as it is.
 */
public final class PassageExecutor
    implements Executor<PassageContext, KnowledgeEdit>, AutoCloseable {
  private static final int WAVE_GROUPS = 8;
  private static final int SMALLEST_WAVE = 64;

  private final PassageModel model;
  private final Config config;
  private final AnswerGrader grader;
  private final Seeds seeds;
  private final SftInnerLoop loop;
  private final IdentityHashMap<Worker, Examiners> examiners = new IdentityHashMap<>();

  /** The examiners of one thread by their number of adapters; they share one cache. */
  private record Examiners(KvCache cache, Map<Integer, PassageExaminer> bySize) {}

  /**
   * How edits are applied and scored.
   *
   * @param texts how a completion becomes training texts
   * @param inner how adapters are trained
   * @param learningRate peak learning rate
   * @param epochs passes over the texts
   * @param repeats independent trainings per edit; the reward is their mean (SEAL: 3 in rounds, 1
   *     in evaluations)
   * @param commonRandomNumbers whether all edits of a passage share the adapter's initial values
   *     and the seed of the data order, so that their differences are less noisy
   * @param maxAnswerTokens longest answer (SEAL: 64)
   */
  public record Config(
      TrainingSequences texts,
      InnerLoopConfig inner,
      double learningRate,
      int epochs,
      int repeats,
      boolean commonRandomNumbers,
      int maxAnswerTokens) {
    public Config {
      Checks.require(repeats >= 1, "adapt.repeats must be >= 1 but was %d", repeats);
      Checks.require(
          maxAnswerTokens >= 1, "adapt.maxAnswerTokens must be >= 1 but was %d", maxAnswerTokens);
    }
  }

  /**
   * @param seeds of the random numbers that edits of a passage have in common
   */
  public PassageExecutor(PassageModel model, Config config, AnswerGrader grader, Seeds seeds) {
    this.model = model;
    this.config = config;
    this.grader = grader;
    this.seeds = seeds;
    this.loop = new SftInnerLoop(model.weights(), config.inner, model.workers());
  }

  /** The adapters of one job: results by repetition, filled as groups end. */
  @SuppressWarnings("ArrayRecordComponent") // filled in place; identity is never compared
  private record Running(
      EditJob<PassageContext, KnowledgeEdit> job,
      List<PassageExaminer.@Nullable Result> results,
      double[][] curves,
      AtomicInteger missing,
      IntConsumer finished) {
    void put(int repeat, PassageExaminer.Result result) {
      results.set(repeat, result);
      if (missing.decrementAndGet() == 0) {
        finished.accept(1);
      }
    }

    Passage passage() {
      return job.context().passage();
    }
  }

  @Override
  public void evaluate(
      List<EditJob<PassageContext, KnowledgeEdit>> jobs, Consumer<Outcome> inJobOrder) {
    evaluate(jobs, inJobOrder, count -> {});
  }

  @Override
  public void evaluate(
      List<EditJob<PassageContext, KnowledgeEdit>> jobs,
      Consumer<Outcome> inJobOrder,
      IntConsumer finished) {
    int adapters = Math.max(SMALLEST_WAVE, WAVE_GROUPS * config.inner.adaptersPerGroup());
    int wave = Math.max(1, adapters / config.repeats);
    for (int from = 0; from < jobs.size(); from += wave) {
      wave(jobs.subList(from, Math.min(from + wave, jobs.size())), finished).forEach(inJobOrder);
    }
  }

  private List<Outcome> wave(
      List<EditJob<PassageContext, KnowledgeEdit>> jobs, IntConsumer finished) {
    List<Running> running = new ArrayList<>();
    List<Running> plain = new ArrayList<>();
    List<InnerLoopTask> trainings = new ArrayList<>();
    List<int[]> places = new ArrayList<>();
    for (EditJob<PassageContext, KnowledgeEdit> job : jobs) {
      List<TokenSequence> documents = documents(job);
      int repeats = documents.isEmpty() ? 1 : config.repeats;
      Running line =
          new Running(
              job,
              new ArrayList<>(Collections.nCopies(repeats, null)),
              new double[repeats][0],
              new AtomicInteger(repeats),
              finished);
      if (documents.isEmpty()) {
        plain.add(line);
      } else {
        for (int r = 0; r < repeats; r++) {
          places.add(new int[] {running.size(), r});
          trainings.add(
              new InnerLoopTask(documents, config.learningRate, config.epochs, seeds(job, r)));
        }
      }
      running.add(line);
    }
    examinePlain(plain);
    if (!trainings.isEmpty()) {
      loop.train(trainings, group -> examineAdapted(running, places, group));
    }
    return running.stream().map(PassageExecutor::outcome).toList();
  }

  private List<TokenSequence> documents(EditJob<PassageContext, KnowledgeEdit> job) {
    if (job.edit().isEmpty()) {
      return List.of();
    }
    List<String> texts = config.texts.build(job.edit().orElseThrow(), job.context().passage());
    return model.language().documents(texts, config.texts.paddedLabels());
  }

  private Seeds seeds(EditJob<PassageContext, KnowledgeEdit> job, int repeat) {
    return config.commonRandomNumbers
        ? seeds.child("inner", job.context().id(), repeat)
        : job.seeds().child("repeat", repeat);
  }

  private void examinePlain(List<Running> lines) {
    int piece = config.inner.adaptersPerGroup();
    model
        .workers()
        .run(
            (lines.size() + piece - 1) / piece,
            (p, worker) -> {
              List<Running> part =
                  lines.subList(p * piece, Math.min((p + 1) * piece, lines.size()));
              PassageExaminer examiner = examiner(worker, 0, LinearBank.base(model.weights()));
              List<Passage> passages = part.stream().map(Running::passage).toList();
              var results = examiner.examine(passages, new int[part.size()]);
              for (int k = 0; k < part.size(); k++) {
                part.get(k).put(0, results.get(k));
              }
            });
  }

  private void examineAdapted(List<Running> running, List<int[]> places, AdapterGroup group) {
    int size = group.tasks().length;
    PassageExaminer examiner =
        examiner(group.worker(), size, new LoraBank(model.weights(), group.bank(), size));
    List<Passage> passages = new ArrayList<>();
    List<Integer> sound = new ArrayList<>();
    for (int k = 0; k < size; k++) {
      int[] place = places.get(group.tasks()[k]);
      Running line = running.get(place[0]);
      line.curves[place[1]] = group.curves().get(k);
      if (group.isSound(k)) {
        passages.add(line.passage());
        sound.add(k);
      } else {
        line.put(place[1], new PassageExaminer.Result(0, Double.POSITIVE_INFINITY, List.of()));
      }
    }
    var results = examiner.examine(passages, sound.stream().mapToInt(Integer::intValue).toArray());
    for (int i = 0; i < results.size(); i++) {
      int[] place = places.get(group.tasks()[sound.get(i)]);
      running.get(place[0]).put(place[1], results.get(i));
    }
  }

  private static Outcome outcome(Running line) {
    List<PassageExaminer.Result> results =
        line.results.stream().map(Objects::requireNonNull).toList();
    List<Double> trials = results.stream().map(PassageExaminer.Result::reward).toList();
    double reward = trials.stream().mapToDouble(Double::doubleValue).sum() / trials.size();
    double nll = results.stream().mapToDouble(PassageExaminer.Result::nll).sum() / results.size();
    double[] curve = line.curves[0];
    Outcome.Training training =
        curve.length == 0
            ? Outcome.Training.NONE
            : new Outcome.Training(curve.length, curve[0], curve[curve.length - 1]);
    String truth =
        String.join("\n", line.passage().questions().stream().map(Question::gold).toList());
    return new Outcome(reward, reward, nll, training, truth, results.get(0).answers(), trials);
  }

  private PassageExaminer examiner(Worker worker, int adapters, LinearBank bank) {
    synchronized (examiners) {
      Examiners own =
          examiners.computeIfAbsent(
              worker, w -> new Examiners(new KvCache(model.weights().config()), new HashMap<>()));
      return own.bySize.computeIfAbsent(
          adapters,
          n -> new PassageExaminer(model, grader, config.maxAnswerTokens, bank, worker, own.cache));
    }
  }

  @Override
  public void close() {
    for (Examiners own : examiners.values()) {
      own.bySize.values().forEach(PassageExaminer::close);
      own.cache.close();
    }
    examiners.clear();
    loop.close();
  }
}
