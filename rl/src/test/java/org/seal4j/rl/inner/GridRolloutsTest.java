package org.seal4j.rl.inner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.AugmentationSchema;
import org.seal4j.data.arc.InferencePromptsConfig;
import org.seal4j.data.arc.LossMask;
import org.seal4j.data.arc.TestTimeTrainingConfig;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.synth.Pool;
import org.seal4j.data.synth.SynthTasks;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.policy.GroupRelative;
import org.seal4j.lora.policy.PolicyTrainer;
import org.seal4j.lora.policy.PolicyTraining;
import org.seal4j.lora.policy.Rollout;
import org.seal4j.lora.policy.WrittenText;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.Sample;
import org.seal4j.rl.SampleRequest;
import org.seal4j.rl.grid.EditSchema;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.GridContext;
import org.seal4j.rl.grid.GridDomain;
import org.seal4j.rl.grid.GridLanguage;
import org.seal4j.rl.grid.SmallGridModel;

/** Self-edits of grids as rollouts: their probabilities are those they were sampled with. */
class GridRolloutsTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20261127);
  private static final Seeds SEEDS = Seeds.of(SEED);
  private static final EditSchema SCHEMA = EditSchema.compact();
  private static final GridLanguage LANGUAGE = new GridLanguage(SCHEMA, 2, 3, 3);
  private static final int VOCABULARY = LANGUAGE.vocabulary().size();

  private static GridDomain domain(boolean grammar) {
    return new GridDomain(
        LANGUAGE,
        new GridDomain.Config(
            SCHEMA,
            new TestTimeTrainingConfig(AugmentationSchema.COMPACT, List.of(1), 3, 250, 1, 1, 1),
            LossMask.OUTPUT_GRIDS,
            new InferencePromptsConfig(List.of(0), 0, false),
            106,
            4,
            375,
            grammar));
  }

  private static PolicyTraining training() {
    LoraConfig lora = new LoraConfig(4, 8, false, new TargetModules("all-linear+head"));
    InnerLoopConfig adapter =
        new InnerLoopConfig(lora, 1, Schedule.CONSTANT, 0, 1.0, OptimizerSpec.ADAMW, 8, 1);
    GroupRelative objective = new GroupRelative(0.2, 0, GroupRelative.Normalisation.SAMPLE, true);
    return new PolicyTraining(adapter, 1e-2, 8, 1, objective);
  }

  @Test
  void the_grammar_of_sampling_is_that_of_learning() {
    ModelConfig sizes = SmallGridModel.of(LANGUAGE);
    List<SampleRequest<GridContext>> requests = new ArrayList<>();
    for (ArcTask task : SynthTasks.sample(Pool.RL, 4, SEEDS.child("tasks"))) {
      requests.add(new SampleRequest<>(new GridContext(task), 0, SEEDS.child(task.id())));
    }
    GridDomain domain = domain(true);
    try (Weights weights = Weights.random(sizes, 0.4, 0.2, SEEDS.child("weights"));
        Workers workers = new Workers(1);
        PolicyTrainer trainer = new PolicyTrainer(weights, training(), workers)) {
      SharedModel model = new SharedModel(weights, workers);
      List<Sample> samples = new ModelPolicy<>(model, domain, Sampling.at(1)).sample(requests);
      List<Rollout> written = new ArrayList<>();
      List<Rollout> free = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        GridContext context = requests.get(i).context();
        ParsedEdit<FewShotEdit> read = domain.format().read(context, samples.get(i).raw());
        FewShotEdit edit = ((ParsedEdit.Valid<FewShotEdit>) read).edit();
        List<WrittenText> texts = WrittenTexts.of(domain, context, edit, VOCABULARY);
        assertThat(texts).hasSize(1);
        assertThat(texts.get(0).allowed()).hasSize(LANGUAGE.edits().length());
        written.add(new Rollout(context.id(), texts, 0));
        List<WrittenText> any = WrittenTexts.of(domain(false), context, edit, VOCABULARY);
        assertThat(any.get(0).allowed()).isEmpty();
        free.add(new Rollout(context.id(), any, 0));
      }
      List<Double> known = trainer.logProbabilities(written);
      List<Double> unrestricted = trainer.logProbabilities(free);
      for (int i = 0; i < samples.size(); i++) {
        assertThat(known.get(i))
            .as("task %d with -Dseal.test.seed=%d", i, SEED)
            .isCloseTo(samples.get(i).logProbability(), offset(1e-4));
        assertThat(unrestricted.get(i)).isLessThan(known.get(i) - 1);
      }
    }
  }
}
