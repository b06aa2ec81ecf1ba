package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.io.Merge;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LmInputs;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.model.train.Trainer;

/**
 * What the outer loop needs of an adapter: a policy that was pretrained to write every
 * configuration equally often must be able to prefer one.
 */
@Tag("slow")
class BehaviourCloningTest {
  private static final int PROMPT = 8;
  private static final int SYMBOLS = 10;
  private static final int EDIT = SYMBOLS;

  /** Alternatives of each choice of a configuration. */
  private static final int[] CHOICES = {3, 2, 4, 3};

  private static final int[] WANTED = {2, 1, 0, 1};
  private static final ModelConfig MODEL =
      ModelConfig.small(SYMBOLS + 1 + 3 + 2 + 4 + 3, 32, 2, 2, 64);

  private static Workers workers;
  private static Weights policy;

  @BeforeAll
  static void pretrain_a_policy_to_uniform_configurations() {
    workers = new Workers(1);
    policy = Weights.random(MODEL, 0.1, 0.5, Seeds.of(1));
    AdamWConfig adamW = new AdamWConfig(0.9, 0.98, 1e-8, 0.5);
    TrainConfig config =
        new TrainConfig(250, 16, 1, OptimizerSpec.ADAMW, 3e-3, 1e-2, Schedule.COSINE, 20, 1, adamW);
    try (Trainer trainer = new Trainer(policy, config, PROMPT + CHOICES.length, workers)) {
      while (trainer.step() < config.steps()) {
        trainer.train(edits(16, null, Seeds.of(2).child("batch", trainer.step())));
      }
    }
  }

  @AfterAll
  static void close() {
    policy.close();
    workers.close();
  }

  @Test
  void the_pretrained_policy_prefers_nothing() {
    double[] found = probabilities(policy);
    for (int c = 0; c < CHOICES.length; c++) {
      assertThat(found[c]).isCloseTo(1.0 / CHOICES[c], offset(0.1));
    }
  }

  @Test
  void one_constant_configuration_is_cloned_when_the_head_is_adapted() {
    for (double found : cloned(TargetModules.allLinearAndHead(), 16)) {
      assertThat(found).isGreaterThan(0.95);
    }
  }

  /** The rows of the alternatives are almost equal, and the last norm bounds what meets them. */
  @Test
  void it_is_not_cloned_when_the_head_is_frozen_however_long_it_is_tried() {
    for (double found : cloned(TargetModules.allLinear(), 32)) {
      assertThat(found).isLessThan(0.9);
    }
  }

  /** Probability of each wanted choice on unseen prompts after cloning. */
  private static double[] cloned(TargetModules targets, int epochs) {
    LoraConfig lora = new LoraConfig(8, 16, false, targets);
    InnerLoopConfig config =
        new InnerLoopConfig(lora, 8, Schedule.LINEAR, 0, 1, OptimizerSpec.ADAMW, 1, 1);
    InnerLoopTask task =
        new InnerLoopTask(edits(24, WANTED, Seeds.of(3)), 1e-2, epochs, Seeds.of(4));
    List<double[]> found = new ArrayList<>();
    try (SftInnerLoop loop = new SftInnerLoop(policy, config, workers);
        Weights merged = policy.copy()) {
      loop.train(
          List.of(task),
          group -> {
            Merge.merge(merged, group.bank(), 0).close();
            found.add(probabilities(merged));
          });
    }
    return found.get(0);
  }

  /** Random prompts with a fixed or a uniformly random configuration, loss on the latter. */
  private static List<TokenSequence> edits(int count, int @Nullable [] fixed, Seeds seeds) {
    Rng rng = seeds.rng();
    List<TokenSequence> edits = new ArrayList<>();
    for (int e = 0; e < count; e++) {
      int[] ids = new int[PROMPT + 1 + CHOICES.length];
      float[] weights = new float[ids.length];
      for (int i = 0; i < PROMPT; i++) {
        ids[i] = rng.nextInt(SYMBOLS);
      }
      ids[PROMPT] = EDIT;
      int base = EDIT + 1;
      for (int c = 0; c < CHOICES.length; c++) {
        ids[PROMPT + 1 + c] = base + (fixed == null ? rng.nextInt(CHOICES[c]) : fixed[c]);
        weights[PROMPT + 1 + c] = 1;
        base += CHOICES[c];
      }
      edits.add(new TokenSequence(ids, new int[ids.length], weights));
    }
    return edits;
  }

  /** Mean probability of each wanted choice over 64 unseen prompts, the ones before it wanted. */
  private static double[] probabilities(Weights weights) {
    int count = 64;
    int time = PROMPT + CHOICES.length;
    List<TokenSequence> unseen = edits(count, WANTED, Seeds.of(5));
    Graph graph = new Graph();
    LmInputs inputs = LmInputs.declare(graph, MODEL, (long) count * time);
    SDVariable logits =
        CausalLm.of(graph, weights, name -> false)
            .logits(inputs, CausalLm.fullAttention(graph, MODEL, count));
    double[] mean = new double[CHOICES.length];
    try (Worker worker = new Worker();
        Plan plan = Plan.of(graph, List.of(logits), worker)) {
      for (int row = 0; row < count * time; row++) {
        plan.array(LmInputs.IDS).putScalar(row, unseen.get(row / time).ids()[row % time]);
        plan.array(LmInputs.POSITIONS).putScalar(row, row % time);
      }
      plan.run();
      INDArray out = plan.array("logits");
      for (int b = 0; b < count; b++) {
        for (int c = 0; c < CHOICES.length; c++) {
          int target = unseen.get(b).ids()[PROMPT + 1 + c];
          mean[c] += probability(out, b * time + PROMPT + c, target) / count;
        }
      }
    }
    return mean;
  }

  private static double probability(INDArray logits, int row, int id) {
    double sum = 0;
    int vocab = MODEL.vocabSize();
    for (int v = 0; v < vocab; v++) {
      sum += Math.exp(Tensors.of(logits).f().get(row * vocab + v));
    }
    return Math.exp(Tensors.of(logits).f().get(row * vocab + id)) / sum;
  }
}
