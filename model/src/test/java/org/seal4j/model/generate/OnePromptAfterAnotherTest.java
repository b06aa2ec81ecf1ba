package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.WeightNames;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;

/** One prompt a call, each going on from the one before it, as the turns of a conversation do. */
class OnePromptAfterAnotherTest {
  private static final int CHUNK = 4;
  private static final GeneratorOptions KEEPING = new GeneratorOptions(1, CHUNK, true);
  private static final GeneratorOptions READING = new GeneratorOptions(1, CHUNK);
  private static final Seeds SEEDS = TinyModels.seeds("one prompt after another");
  private static final GenerationConfig SIX =
      new GenerationConfig(Sampling.at(1), StopRule.after(6));

  private static Prompt prompt(List<Integer> ids, List<Integer> positions, Seeds seeds) {
    int[] id = ids.stream().mapToInt(Integer::intValue).toArray();
    int[] at = positions.stream().mapToInt(Integer::intValue).toArray();
    return Prompt.of(new TokenSequence(id, at, new float[id.length]), seeds);
  }

  /** Prompts that go on, break off, and differ from some place on; the cache grows on the way. */
  @Test
  @Tag("slow")
  void every_answer_is_that_of_a_generator_that_reads_all_of_its_prompt() {
    for (ModelConfig config : TinyModels.configs()) {
      Rng rng = SEEDS.child("law", config).rng();
      try (Weights weights = TinyModels.weights(config, SEEDS);
          Worker worker = new Worker();
          Generator keeping = new Generator(weights, worker, KEEPING);
          Generator reading = new Generator(weights, worker, READING)) {
        List<Integer> ids = new ArrayList<>(List.of(1));
        List<Integer> positions = new ArrayList<>(List.of(0));
        for (int turn = 0; turn < 12; turn++) {
          int keep = turn % 4 == 3 ? rng.between(1, ids.size()) : ids.size();
          ids.subList(keep, ids.size()).clear();
          positions.subList(keep, positions.size()).clear();
          for (int more = rng.between(1, 11); more > 0; more--) {
            ids.add(rng.nextInt(config.vocabSize()));
            positions.add(config.pairPositions() == 0 ? 0 : rng.nextInt(config.pairPositions()));
          }
          Prompt asked = prompt(ids, positions, SEEDS.child("turn", turn));
          Generation kept = keeping.generate(List.of(asked), SIX).get(0);
          Generation anew = reading.generate(List.of(asked), SIX).get(0);
          assertThat(TinyModels.same(kept, anew)).as("%s, turn %d", config, turn).isTrue();
          Arrays.stream(kept.tokens()).forEach(ids::add);
          Arrays.stream(kept.tokens()).forEach(token -> positions.add(0));
        }
      }
    }
  }

  /** Told by a weight that changes in between, which it may not do: it is not asked again. */
  @Test
  void what_was_read_is_not_read_again() {
    ModelConfig config = ModelConfig.small(40, 16, 1, 2, 24);
    List<Integer> ids = IntStream.range(1, 30).boxed().toList(); // no token stands in it twice
    Prompt asked = prompt(ids, ids.stream().map(id -> 0).toList(), SEEDS);
    GenerationConfig one = new GenerationConfig(Sampling.at(1), StopRule.after(1));
    try (Weights weights = TinyModels.weights(config, SEEDS);
        Worker worker = new Worker();
        Generator keeping = new Generator(weights, worker, KEEPING);
        Generator reading = new Generator(weights, worker, READING)) {
      Generation before = keeping.generate(List.of(asked), one).get(0);
      weights.get(WeightNames.EMBEDDING).getRow(2).muli(-3);
      Generation kept = keeping.generate(List.of(asked), one).get(0);
      Generation anew = reading.generate(List.of(asked), one).get(0);
      assertThat(TinyModels.same(kept, before)).isTrue();
      assertThat(anew.logProbs()).isNotEqualTo(before.logProbs());
    }
  }
}
