package org.seal4j.rl.passage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.world.EditStyle;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.data.world.PersonPool;
import org.seal4j.data.world.Story;
import org.seal4j.eval.squad.OfflineGrader;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.continual.KlAnchor;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.rl.Grade;
import org.seal4j.rl.inner.AdapterFit;
import org.seal4j.rl.inner.ContinuedPretraining;
import org.seal4j.rl.inner.ExamRunner;
import org.seal4j.rl.inner.SharedModel;

/** Taking in passages one after another and all at once, on a tiny random model. */
@Tag("slow")
class ContinualModelTest {
  private static final long SEED = Long.getLong("seal.seed", 20261121);
  private static final Seeds SEEDS = Seeds.of(SEED);
  private static final InventedWorld WORLD = new InventedWorld(SEEDS);
  private static final Story STORY = WORLD.story(PersonPool.LOOP, 0);
  private static final PassageLanguage LANGUAGE =
      new PassageLanguage(
          InventedWorld.tokenizer(),
          new PromptKind("world", "", "{context}\nImplications:\n", ""),
          "{question}",
          256);
  private static final InnerLoopConfig INNER =
      new InnerLoopConfig(
          new LoraConfig(4, 8, false, new TargetModules("all-linear+head")),
          3,
          Schedule.CONSTANT,
          0,
          1.0,
          OptimizerSpec.ADAMW,
          8,
          1);

  private static PassageDomain domain(int epochs, boolean paddedLabels) {
    TrainingSequences texts =
        new TrainingSequences(true, true, 30, false, true, false, paddedLabels);
    return new PassageDomain(
        LANGUAGE, new PassageDomain.Config(texts, 0.02, epochs, 30, 4), OfflineGrader.EXACT_MATCH);
  }

  private static ContinualModel model(
      SharedModel start, int epochs, boolean paddedLabels, Worker worker) {
    return new ContinualModel(start, domain(epochs, paddedLabels), INNER, Sampling.at(0.7), worker);
  }

  private static Weights weights() {
    int words = LANGUAGE.tokenizer().vocabSize();
    return Weights.random(ModelConfig.small(words, 16, 2, 2, 24), 0.4, 0.2, SEEDS);
  }

  /** The passage's questions with their answers: what a writer who cheats would write. */
  private static String cheating(Passage passage) {
    StringBuilder text = new StringBuilder();
    for (Question question : passage.questions()) {
      text.append(question.text()).append(' ').append(question.gold()).append('\n');
    }
    return text.toString();
  }

  @Test
  void what_was_taken_in_is_answered_until_the_model_starts_over() {
    try (Weights weights = weights();
        Workers workers = new Workers(1);
        Worker worker = new Worker()) {
      String before = weights.sha256();
      SharedModel start = new SharedModel(weights, workers);
      try (ContinualModel model = model(start, 60, false, worker)) {
        PassageContext context = new PassageContext(STORY.passage());
        List<Grade> first = model.ask(List.of(STORY.passage()));
        String written = model.write(context, SEEDS.child("edit"));
        List<String> texts = model.texts(STORY.passage(), cheating(STORY.passage()));
        assertThat(texts).hasSize(10);
        double[] curve = model.train(texts, List.of(), SEEDS.child("inner"));
        assertThat(curve).hasSize(60 * 4);
        assertThat(model.isSound()).isTrue();
        assertThat(model.ask(List.of(STORY.passage())))
            .as("an adapter counts once it is merged")
            .isEqualTo(first);
        model.merge(1).close();
        assertThat(model.ask(List.of(STORY.passage())).get(0).reward()).isGreaterThan(0.7);
        assertThat(first.get(0).reward()).isLessThan(0.3);
        model.restart();
        assertThat(model.ask(List.of(STORY.passage()))).isEqualTo(first);
        assertThat(model.write(context, SEEDS.child("edit"))).isEqualTo(written);
        assertThat(model.train(List.of(), List.of(), SEEDS)).isEmpty();
      }
      assertThat(weights.sha256()).isEqualTo(before);
    }
  }

  @Test
  void a_KL_anchor_changes_the_training_and_is_near_zero_at_its_start() {
    try (Weights weights = weights();
        Workers workers = new Workers(1);
        Worker worker = new Worker()) {
      SharedModel start = new SharedModel(weights, workers);
      try (ContinualModel model = model(start, 1, false, worker);
          KlAnchor anchor = model.klAnchor(model.teacher(STORY.passage()), 1, 4)) {
        assertThat(model.teacher(STORY.passage()).size()).isEqualTo(9);
        List<String> texts = model.texts(STORY.passage(), "");
        double[] plain = model.train(texts, List.of(), SEEDS);
        double[] held = model.train(texts, List.of(anchor.during(SEEDS)), SEEDS);
        assertThat(held).hasSize(1);
        assertThat(Math.abs(held[0] - plain[0])).isLessThan(1e-4);
        assertThat(model.fisher(texts)).hasSize(model.fisherOfAnswers(STORY.passage()).size());
      }
    }
  }

  @Test
  void padding_is_learned_only_where_the_reference_is_imitated() {
    try (Weights weights = weights();
        Workers workers = new Workers(1);
        Worker worker = new Worker()) {
      SharedModel start = new SharedModel(weights, workers);
      double[] last = new double[2];
      for (boolean padded : new boolean[] {false, true}) {
        try (ContinualModel model = model(start, 8, padded, worker)) {
          List<String> texts = model.texts(STORY.passage(), "");
          double[] curve = model.train(texts, List.of(), SEEDS);
          last[padded ? 1 : 0] = curve[curve.length - 1];
        }
      }
      assertThat(last[1])
          .as("ends behind ends are soon foretold and are most of what counts")
          .isLessThan(last[0] / 2);
    }
    assertThat(LANGUAGE.documents(List.of("Aldora."), true).get(0).ids())
        .isEqualTo(LANGUAGE.paddedDocument("Aldora.").ids());
  }

  @Test
  void a_stream_is_shuffled_passes_over_all_texts() {
    List<String> texts = EditStyle.ATOMIC.writeAll(STORY, SEEDS.rng()).lines().toList();
    List<TokenSequence> stream =
        ContinuedPretraining.stream(LANGUAGE.documents(texts, false), 2 * texts.size() + 1, SEEDS);
    assertThat(stream).hasSize(2 * texts.size() + 1);
    List<List<Integer>> passes = new ArrayList<>();
    for (int pass = 0; pass < 2; pass++) {
      List<Integer> hashes = new ArrayList<>();
      for (TokenSequence s : stream.subList(pass * texts.size(), (pass + 1) * texts.size())) {
        hashes.add(Arrays.hashCode(s.ids()));
      }
      assertThat(hashes).doesNotHaveDuplicates();
      passes.add(hashes);
    }
    assertThat(passes.get(0)).isNotEqualTo(passes.get(1));
    assertThat(passes.get(0)).containsExactlyInAnyOrderElementsOf(passes.get(1));
  }

  @Test
  void both_ways_of_continued_pretraining_put_the_answers_into_the_weights() {
    Passage passage = STORY.passage();
    List<String> texts = cheating(passage).lines().toList();
    for (boolean full : new boolean[] {false, true}) {
      try (Weights weights = weights();
          Workers workers = new Workers(2)) {
        SharedModel model = new SharedModel(weights, workers);
        TrainConfig all =
            new TrainConfig(
                150,
                4,
                2,
                OptimizerSpec.ADAMW,
                0.01,
                0.01,
                Schedule.LINEAR,
                0,
                1.0,
                AdamWConfig.defaults());
        List<TokenSequence> stream =
            ContinuedPretraining.stream(
                LANGUAGE.documents(texts, false), 150 * 4, SEEDS.child("stream"));
        List<Double> losses =
            full
                ? ContinuedPretraining.full(model, all, stream, step -> {})
                : AdapterFit.merge(
                    model, new AdapterFit.Config(INNER, 0.02, 1), stream, SEEDS.child("lora"));
        assertThat(losses).hasSize(full ? 150 : 150 * 4 / 3);
        assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0) / 2);
        List<Grade> answered =
            ExamRunner.ask(
                model, domain(1, false).examiner(), List.of(new PassageContext(passage)));
        assertThat(answered.get(0).reward()).as("full: %s", full).isGreaterThan(0.7);
      }
    }
  }
}
