package org.seal4j.rl.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.AugmentationSchema;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.InferencePromptsConfig;
import org.seal4j.data.arc.LossMask;
import org.seal4j.data.arc.TestTimeTrainingConfig;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.synth.Pool;
import org.seal4j.data.synth.SynthTasks;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Exam;
import org.seal4j.rl.Grade;
import org.seal4j.rl.InvalidReason;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.inner.Trials;
import org.seal4j.rl.inner.WaveExecutor;

/** The inner loop with its answers on grid tasks, on a tiny random model. */
class GridDomainTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20261121);
  private static final Seeds SEEDS = Seeds.of(SEED);
  private static final int MAX_TOKENS = 106;
  private static final EditSchema SCHEMA = EditSchema.compact();
  private static final GridLanguage LANGUAGE = new GridLanguage(SCHEMA, 2, 3, 3);
  private static final List<ArcTask> TASKS = SynthTasks.sample(Pool.RL, 3, SEEDS.child("tasks"));
  private static Weights weights;

  @BeforeAll
  static void make_a_model() {
    ModelConfig config = SmallGridModel.of(LANGUAGE);
    weights = Weights.random(config, 0.4, 0.2, SEEDS.child("weights"));
  }

  @AfterAll
  static void free_it() {
    weights.close();
  }

  /** Two edits for each task, and one time without any. */
  private static List<EditJob<GridContext, FewShotEdit>> jobs() {
    List<EditJob<GridContext, FewShotEdit>> jobs = new ArrayList<>();
    Rng rng = SEEDS.child("edits").rng();
    for (ArcTask task : TASKS) {
      for (int index = 0; index < 3; index++) {
        Optional<FewShotEdit> edit = index == 1 ? Optional.empty() : Optional.of(SCHEMA.draw(rng));
        Seeds seeds = SEEDS.child("job", task.id(), index);
        jobs.add(new EditJob<>(new GridContext(task), edit, index, seeds));
      }
    }
    return jobs;
  }

  private static GridDomain domain(int batch, long maxSteps) {
    TestTimeTrainingConfig sets =
        new TestTimeTrainingConfig(AugmentationSchema.COMPACT, List.of(1), 3, 250, 1, 1, 1);
    return new GridDomain(
        LANGUAGE,
        new GridDomain.Config(
            SCHEMA,
            sets,
            LossMask.OUTPUT_GRIDS,
            new InferencePromptsConfig(List.of(0, 1), 0, true),
            MAX_TOKENS,
            batch,
            maxSteps,
            true));
  }

  private static List<Outcome> evaluate(
      List<EditJob<GridContext, FewShotEdit>> jobs, int threads, int group, IntConsumer finished) {
    InnerLoopConfig inner =
        new InnerLoopConfig(
            new LoraConfig(4, 8, false, new TargetModules("all-linear")),
            4,
            Schedule.CONSTANT,
            0,
            1.0,
            OptimizerSpec.ADAMW,
            8,
            group);
    GridDomain domain = domain(inner.batch(), 375);
    List<Outcome> outcomes = new ArrayList<>();
    try (Workers workers = new Workers(threads);
        WaveExecutor<GridContext, FewShotEdit> executor =
            new WaveExecutor<>(new SharedModel(weights, workers), domain, inner, Trials.once())) {
      executor.evaluate(jobs, outcomes::add, finished);
    }
    return outcomes;
  }

  @Test
  @Tag("slow")
  void outcomes_depend_neither_on_workers_nor_on_groups_nor_on_other_jobs() {
    List<Outcome> together = evaluate(jobs(), 2, 4, n -> {});
    assertThat(evaluate(jobs(), 1, 4, n -> {})).isEqualTo(together);
    List<Outcome> alone = new ArrayList<>();
    for (var job : jobs()) {
      alone.addAll(evaluate(List.of(job), 1, 1, n -> {}));
    }
    assertThat(alone).as("-Dseal.test.seed=%d", SEED).hasSameSizeAs(together);
    for (int i = 0; i < alone.size(); i++) {
      assertThat(alone.get(i).training()).isEqualTo(together.get(i).training());
      assertThat(alone.get(i).answers()).isEqualTo(together.get(i).answers());
      assertThat(alone.get(i).negLogLikelihood())
          .isCloseTo(together.get(i).negLogLikelihood(), within(1e-5));
    }
  }

  @Test
  @Tag("slow")
  void outcomes_come_in_job_order_and_each_job_is_reported_finished_once() {
    AtomicInteger finished = new AtomicInteger();
    List<EditJob<GridContext, FewShotEdit>> jobs = jobs();
    List<Outcome> outcomes = evaluate(jobs, 2, 2, finished::addAndGet);
    assertThat(finished).hasValue(jobs.size());
    assertThat(outcomes).hasSameSizeAs(jobs);
    for (int i = 0; i < jobs.size(); i++) {
      assertThat(outcomes.get(i).truth())
          .isEqualTo(jobs.get(i).context().task().test().output().toString());
      assertThat(outcomes.get(i).training().steps() > 0).isEqualTo(jobs.get(i).edit().isPresent());
    }
  }

  @Test
  void an_edit_that_costs_more_steps_than_allowed_is_invalid() {
    GridContext context = new GridContext(TASKS.get(0));
    EditTokens tokens = LANGUAGE.edits();
    FewShotEdit dear = SCHEMA.draw(SEEDS.child("dear").rng());
    String written = tokens.text(tokens.encode(dear));
    assertThat(domain(1, 10_000).format().read(context, written))
        .isEqualTo(new ParsedEdit.Valid<>(dear));
    assertThat(domain(1, 1).format().read(context, written))
        .isInstanceOfSatisfying(
            ParsedEdit.Invalid.class,
            invalid -> {
              assertThat(invalid.reason()).isEqualTo(InvalidReason.TOO_MANY_STEPS);
              assertThat(invalid.sentence()).contains("at most 1 are allowed");
            });
  }

  @Test
  @Tag("slow")
  void the_base_is_as_it_was() {
    String before = weights.sha256();
    evaluate(jobs(), 2, 4, n -> {});
    assertThat(weights.sha256()).isEqualTo(before);
  }

  @Test
  void without_a_vote_the_first_prompt_is_asked_alone_and_its_answer_is_the_only_attempt() {
    GridContext context = new GridContext(TASKS.get(0));
    GridDomain domain = domain(4, 375);
    Exam whole = domain.examiner().exam(context, SEEDS);
    Exam alone = domain.withoutVote().exam(context, SEEDS);
    assertThat(whole.prompts()).hasSizeGreaterThan(1);
    assertThat(alone.prompts()).hasSize(1);
    assertThat(alone.prompts().get(0).tokens().ids())
        .isEqualTo(whole.prompts().get(0).tokens().ids());
    assertThat(alone.golds().get(0).ids()).isEqualTo(whole.golds().get(0).ids());
    int[] right = LANGUAGE.sequences().codec().encode(context.task().test().output());
    Grade solved = alone.grade(List.of(right));
    assertThat(List.of(solved.reward(), solved.firstReward())).containsExactly(1.0, 1.0);
    int[] wrong = LANGUAGE.sequences().codec().encode(Grid.parse("1"));
    Grade unsolved = alone.grade(List.of(wrong));
    assertThat(List.of(unsolved.reward(), unsolved.firstReward())).containsExactly(0.0, 0.0);
    assertThat(unsolved.answers()).containsExactly("1");
  }
}
