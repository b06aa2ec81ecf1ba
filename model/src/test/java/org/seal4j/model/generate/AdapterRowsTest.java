package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.batch.TokenBatch;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LinearLayer;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Products;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.MatMul;
import org.seal4j.model.graph.Reshape;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;

/** Each row of a batch has the adapter that its prompt names. */
class AdapterRowsTest {
  private static final Seeds SEEDS = TinyModels.seeds("adapters");
  private static final ModelConfig CONFIG = ModelConfig.small(17, 16, 2, 2, 24);
  private static final String MODULE = "model.layers.1.self_attn.v_proj";
  private static final int N = 3;

  /** A bank that adds a dense matrix of its own, {@code [n, in, out]}, to one module. */
  private record Bank(Weights weights, INDArray delta) implements LinearBank {
    @Override
    public int groups() {
      return N;
    }

    @Override
    public LinearLayer linear(Graph graph, Products products) {
      LinearLayer base = CausalLm.baseLinear(graph, weights, name -> false, products);
      return (module, x) -> {
        SDVariable y = base.apply(module, x);
        if (!module.equals(MODULE)) {
          return y;
        }
        long rows = graph.shape(x)[0];
        SDVariable grouped = Reshape.of(graph, x, N, rows / N, graph.shape(x)[1]);
        SDVariable own = graph.parameter("delta", delta, false);
        SDVariable added = MatMul.of(graph, grouped, own, false, false);
        return Add.of(graph, y, Reshape.of(graph, added, graph.shape(y)));
      };
    }
  }

  private static INDArray delta() {
    INDArray delta = Nd4j.create(DataType.FLOAT, N, 16, 16);
    Rng rng = SEEDS.child("delta").rng();
    for (long i = 0; i < delta.length(); i++) {
      delta.putScalar(i, 0.3 * rng.nextGaussian());
    }
    return delta;
  }

  /** The base with adapter {@code g} added into its weights. */
  private static Weights merged(Weights base, INDArray delta, int g) {
    Weights merged = base.copy();
    INDArray weight = merged.get(MODULE + ".weight");
    for (int in = 0; in < 16; in++) {
      for (int out = 0; out < 16; out++) {
        weight.putScalar(out, in, weight.getDouble(out, in) + delta.getDouble(g, in, out));
      }
    }
    return merged;
  }

  @Test
  void answers_and_scores_of_a_mixed_batch_are_those_of_the_merged_models() {
    try (Weights base = TinyModels.weights(CONFIG, SEEDS);
        Worker worker = new Worker()) {
      INDArray delta = delta();
      List<Prompt> prompts = new ArrayList<>();
      for (Prompt prompt : TinyModels.prompts(CONFIG, 14, 30, SEEDS)) {
        prompts.add(prompt.withAdapter(prompts.size() < 2 ? prompts.size() : 2));
      }
      Bank bank = new Bank(base, delta);
      GenerationConfig how =
          new GenerationConfig(Sampling.mostLikely(), StopRule.after(12).orAt(1, 2));
      List<Generation> answers;
      List<Score> scores;
      try (Generator mixed = new Generator(base, bank, worker, new GeneratorOptions(12, 8));
          Scorer scorer = new Scorer(base, bank, worker)) {
        answers = mixed.generate(prompts, how);
        int[] adapters = prompts.stream().mapToInt(Prompt::adapter).toArray();
        scores = scorer.score(joined(prompts, answers), adapters);
      }
      for (int g = 0; g < N; g++) {
        try (Weights merged = merged(base, delta, g);
            Generator own = new Generator(merged, worker, GeneratorOptions.defaults())) {
          for (int i = 0; i < prompts.size(); i++) {
            Generation expected = own.generate(List.of(prompts.get(i).withAdapter(0)), how).get(0);
            if (prompts.get(i).adapter() == g) {
              assertThat(answers.get(i).tokens()).isEqualTo(expected.tokens());
              assertThat(answers.get(i).logProbs())
                  .containsExactly(expected.logProbs(), Texts.within(1e-4));
              assertThat(scores.get(i).exact()).isTrue();
              assertThat(scores.get(i).total())
                  .isCloseTo(-expected.modelLogProb(), Texts.within(1e-4));
            }
          }
        }
      }
    }
  }

  private static List<TokenSequence> joined(List<Prompt> prompts, List<Generation> answers) {
    List<TokenSequence> all = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      all.add(Texts.joined(prompts.get(i).tokens(), answers.get(i), PairPositions.ZERO));
    }
    return all;
  }

  @Test
  void a_batch_that_cannot_be_split_among_the_adapters_is_refused() {
    try (Weights base = TinyModels.weights(CONFIG, SEEDS);
        Worker worker = new Worker();
        Scorer scorer = new Scorer(base, new Bank(base, delta()), worker)) {
      TokenBatch batch =
          new TokenBatch(new int[4][5], new int[4][5], new float[4][5], new int[] {5, 5, 5, 5});
      assertThatThrownBy(() -> scorer.score(batch))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("4 rows cannot be split into equal blocks for 3 adapters");
    }
  }
}
