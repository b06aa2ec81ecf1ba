package org.seal4j.rl.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.world.EditStyle;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.data.world.PersonPool;
import org.seal4j.data.world.Story;
import org.seal4j.eval.squad.OfflineGrader;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.Proposal;
import org.seal4j.rl.SampleRequest;
import org.seal4j.rl.WeightedProposal;
import org.seal4j.rl.inner.AdapterFit;
import org.seal4j.rl.inner.AdapterLearner;
import org.seal4j.rl.inner.ModelPolicy;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.inner.Trials;
import org.seal4j.rl.inner.WaveExecutor;

/** The ports on passages, on a tiny random model. */
@Tag("slow")
class PassageDomainTest {
  private static final long SEED = Long.getLong("seal.seed", 20261121);
  private static final Seeds SEEDS = Seeds.of(SEED);
  private static final InventedWorld WORLD = new InventedWorld(SEEDS);
  private static final PromptKind PROMPT =
      new PromptKind("world", "", "{context}\nImplications:\n", "");
  private static final PassageLanguage LANGUAGE =
      new PassageLanguage(InventedWorld.tokenizer(), PROMPT, "{question}", 256);
  private static Weights weights;
  private static Workers one;
  private static Workers two;

  @BeforeAll
  static void make_a_model() {
    int words = LANGUAGE.tokenizer().vocabSize();
    weights = Weights.random(ModelConfig.small(words, 16, 2, 2, 24), 0.4, 0.2, SEEDS);
    one = new Workers(1);
    two = new Workers(2);
  }

  @AfterAll
  static void free_it() {
    weights.close();
    one.close();
    two.close();
  }

  private static InnerLoopConfig inner(int group) {
    return new InnerLoopConfig(
        new LoraConfig(4, 8, false, new TargetModules("all-linear+head")),
        3,
        Schedule.CONSTANT,
        0,
        1.0,
        OptimizerSpec.ADAMW,
        8,
        group);
  }

  /** How edits are applied in a test. */
  private record Applied(double rate, int epochs, int repeats, boolean common, int group) {
    PassageDomain domain() {
      TrainingSequences texts = new TrainingSequences(true, true, 30, false, true, false, false);
      return new PassageDomain(
          LANGUAGE,
          new PassageDomain.Config(texts, rate, epochs, 30, 4),
          OfflineGrader.EXACT_MATCH);
    }

    Trials trials() {
      return common ? Trials.common(repeats, SEEDS.child("inner")) : Trials.independent(repeats);
    }
  }

  private static Applied config(double rate, int epochs, int repeats, boolean common, int group) {
    return new Applied(rate, epochs, repeats, common, group);
  }

  private static EditJob<PassageContext, KnowledgeEdit> job(
      int story, Optional<KnowledgeEdit> edit, int index) {
    PassageContext context = new PassageContext(story(story).passage());
    return new EditJob<>(context, edit, index, SEEDS.child("job", story, index));
  }

  private static Story story(int index) {
    return WORLD.story(PersonPool.LOOP, index);
  }

  private static Optional<KnowledgeEdit> edit(int story, EditStyle style) {
    return Optional.of(new KnowledgeEdit(style.writeAll(story(story), SEEDS.child("edit").rng())));
  }

  private static List<Outcome> evaluate(
      Applied config, Workers workers, List<EditJob<PassageContext, KnowledgeEdit>> jobs) {
    List<Outcome> outcomes = new ArrayList<>();
    try (WaveExecutor<PassageContext, KnowledgeEdit> executor =
        new WaveExecutor<>(
            new SharedModel(weights, workers),
            config.domain(),
            inner(config.group()),
            config.trials())) {
      executor.evaluate(jobs, outcomes::add);
    }
    return outcomes;
  }

  private static List<EditJob<PassageContext, KnowledgeEdit>> jobs() {
    return List.of(
        job(0, edit(0, EditStyle.QUESTIONS), 0),
        job(0, edit(0, EditStyle.ATOMIC), 1),
        job(1, Optional.empty(), 0),
        job(1, Optional.of(KnowledgeEdit.none()), 1),
        job(2, edit(2, EditStyle.VAGUE), 0));
  }

  @Test
  void outcomes_depend_neither_on_workers_nor_on_groups_nor_on_other_jobs() {
    List<Outcome> together = evaluate(config(2e-3, 2, 2, true, 4), two, jobs());
    assertThat(evaluate(config(2e-3, 2, 2, true, 4), one, jobs())).isEqualTo(together);
    List<Outcome> alone = new ArrayList<>();
    for (var job : jobs()) {
      alone.addAll(evaluate(config(2e-3, 2, 2, true, 1), one, List.of(job)));
    }
    assertThat(alone).hasSameSizeAs(together);
    for (int i = 0; i < alone.size(); i++) {
      assertThat(alone.get(i).trials()).isEqualTo(together.get(i).trials());
      assertThat(alone.get(i).answers()).isEqualTo(together.get(i).answers());
      assertThat(alone.get(i).training()).isEqualTo(together.get(i).training());
      assertThat(alone.get(i).negLogLikelihood())
          .isCloseTo(together.get(i).negLogLikelihood(), within(1e-5));
    }
  }

  @Test
  void edits_of_a_passage_share_their_random_numbers_only_where_they_shall() {
    List<EditJob<PassageContext, KnowledgeEdit>> same =
        List.of(job(0, edit(0, EditStyle.ATOMIC), 0), job(0, edit(0, EditStyle.ATOMIC), 1));
    List<Outcome> common = evaluate(config(2e-3, 2, 1, true, 2), one, same);
    assertThat(common.get(0)).isEqualTo(common.get(1));
    List<Outcome> own = evaluate(config(2e-3, 2, 1, false, 2), one, same);
    assertThat(own.get(0).negLogLikelihood()).isNotEqualTo(own.get(1).negLogLikelihood());
  }

  @Test
  void repetitions_are_independent_and_the_reward_is_their_mean() {
    Outcome outcome =
        evaluate(
                config(0.02, 15, 3, true, 4), two, List.of(job(0, edit(0, EditStyle.QUESTIONS), 0)))
            .get(0);
    assertThat(outcome.trials()).hasSize(3);
    double mean = outcome.trials().stream().mapToDouble(Double::doubleValue).average().orElse(-1);
    assertThat(outcome.reward()).isCloseTo(mean, within(1e-12));
    assertThat(outcome.training().steps()).isEqualTo(15 * 4);
    assertThat(outcome.training().lastLoss()).isLessThan(outcome.training().firstLoss() / 2);
  }

  @Test
  void an_adapter_that_read_the_questions_answers_them_and_the_model_itself_stays_as_it_was() {
    long before = hash();
    Story story = story(0);
    StringBuilder asked = new StringBuilder();
    story
        .passage()
        .questions()
        .forEach(q -> asked.append(q.text()).append(' ').append(q.gold()).append('\n'));
    List<Outcome> outcomes =
        evaluate(
            config(0.02, 60, 1, true, 4),
            two,
            List.of(
                job(0, Optional.of(new KnowledgeEdit(asked.toString())), 0),
                job(0, Optional.empty(), 1)));
    assertThat(outcomes.get(0).reward()).isGreaterThan(0.7);
    assertThat(outcomes.get(1).reward()).isLessThan(0.3);
    assertThat(outcomes.get(0).negLogLikelihood()).isLessThan(outcomes.get(1).negLogLikelihood());
    assertThat(outcomes.get(0).answers()).hasSize(9);
    assertThat(hash()).isEqualTo(before);
  }

  @Test
  void what_the_policy_learns_it_then_writes() {
    try (Weights copy = Weights.random(weights.config(), 0.4, 0.2, SEEDS)) {
      SharedModel model = new SharedModel(copy, two);
      PassageDomain domain = config(0.02, 60, 1, true, 1).domain();
      PassageContext context = new PassageContext(story(0).passage());
      KnowledgeEdit wanted = new KnowledgeEdit(story(0).facts().get(0).statement());
      Proposal<KnowledgeEdit> proposal =
          new Proposal<>(wanted.text(), new ParsedEdit.Valid<>(wanted), -1, 1);
      List<Double> losses =
          new AdapterLearner<>(model, domain, new AdapterFit.Config(inner(1), 0.02, 60))
              .learn(
                  List.of(new WeightedProposal<>(context, proposal, Outcome.ofInvalidEdit(), 1)),
                  SEEDS);
      assertThat(losses.get(losses.size() - 1)).isLessThan(0.1);
      ModelPolicy<PassageContext> policy = new ModelPolicy<>(model, domain, Sampling.at(0.2));
      var samples =
          policy.sample(
              List.of(
                  new SampleRequest<>(context, 0, SEEDS.child("a")),
                  new SampleRequest<>(context, 0, SEEDS.child("b"))));
      assertThat(samples).allSatisfy(s -> assertThat(s.raw()).isEqualTo(wanted.text()));
      assertThat(domain.format().read(context, samples.get(0).raw()))
          .isEqualTo(new ParsedEdit.Valid<>(wanted));
    }
  }

  @Test
  void padding_is_trained_on_only_where_the_reference_is_imitated() {
    String text = story(0).facts().get(0).statement();
    var plain = LANGUAGE.document(text);
    var padded = LANGUAGE.paddedDocument(text);
    assertThat(padded.length()).isEqualTo(LANGUAGE.maxTokens());
    for (int i = 1; i < padded.length(); i++) {
      assertThat(padded.weights()[i]).isEqualTo(1);
      assertThat(padded.ids()[i]).isEqualTo(i < plain.length() ? plain.ids()[i] : LANGUAGE.end());
    }
    assertThat(plain.weights()[0]).isZero();
    assertThat(plain.ids()[plain.length() - 1]).isEqualTo(LANGUAGE.end());
  }

  @Test
  void a_sequence_that_is_too_long_loses_its_end_and_keeps_its_beginning() {
    PassageLanguage tight =
        new PassageLanguage(InventedWorld.tokenizer(), PROMPT, "{question}", 12);
    var cut = tight.editExample(story(0).passage(), "Aldora.");
    assertThat(cut.length()).isEqualTo(12);
    assertThat(cut.ids()).startsWith(tight.editPrompt(story(0).passage()).ids()[0]);
    assertThat(cut.weights()).containsOnly(0f);
  }

  private static long hash() {
    long hash = 17;
    for (var array : weights.arrays().values()) {
      var values = Tensors.of(array).f();
      for (int i = 0; i < values.capacity(); i++) {
        hash = 31 * hash + Float.floatToRawIntBits(values.get(i));
      }
    }
    return hash;
  }
}
