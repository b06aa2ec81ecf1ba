package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.plan.Workers;

/**
 * Has many prompts answered on all threads. An answer depends on its prompt and its seeds alone, so
 * that the number of threads changes nothing.
 *
 * @param weights of the model
 * @param linears those of the model, with an adapter or without
 * @param workers the threads
 */
record Asking(Weights weights, LinearBank linears, Workers workers) {
  /** Prompts that one thread answers at once; they share what they begin with. */
  private static final int ROWS = 32;

  /** Prompts with the same beginning are long, so that they are read in large pieces. */
  private static final GeneratorOptions OPTIONS = new GeneratorOptions(ROWS, 64);

  /** Nothing is drawn with the most likely token at each place. */
  List<Generation> all(List<TokenSequence> prompts, GenerationConfig how) {
    return all(prompts, prompts.stream().map(p -> Seeds.of(0)).toList(), how);
  }

  /** One answer a prompt, each with its own seeds. */
  List<Generation> all(List<TokenSequence> prompts, List<Seeds> seeds, GenerationConfig how) {
    // As many pieces as threads or a multiple: neighbours, which begin alike, stay together.
    int threads = Math.min(workers.size(), prompts.size());
    int rounds = Math.max(1, (prompts.size() + threads * ROWS - 1) / Math.max(1, threads * ROWS));
    int pieces = Math.min(prompts.size(), threads * rounds);
    @Nullable Generation[] made = new @Nullable Generation[prompts.size()];
    workers.run(
        pieces,
        (piece, worker) -> {
          int from = (int) ((long) prompts.size() * piece / pieces);
          int to = (int) ((long) prompts.size() * (piece + 1) / pieces);
          List<Prompt> own =
              IntStream.range(from, to)
                  .mapToObj(i -> Prompt.of(prompts.get(i), seeds.get(i)))
                  .toList();
          try (Generator generator = new Generator(weights, linears, worker, OPTIONS)) {
            List<Generation> answers = generator.generate(own, how);
            for (int i = from; i < to; i++) {
              made[i] = answers.get(i - from);
            }
          }
        });
    List<Generation> all = new ArrayList<>();
    for (Generation one : made) {
      all.add(Checks.present(one, "a prompt was not answered"));
    }
    return all;
  }
}
