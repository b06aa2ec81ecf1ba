package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;

/**
 * Has many prompts answered on all threads, call after call, by a model that stays as it is. An
 * answer depends on its prompt and its seeds alone, so that the number of threads changes nothing.
 * Each thread keeps a generator with its plans and what the last prompts began with, until this is
 * closed.
 */
public final class Asking implements AutoCloseable {
  private final Weights weights;
  private final LinearBank linears;
  private final Workers workers;
  private final GeneratorOptions options;
  private final Map<Worker, Generator> generators = new ConcurrentHashMap<>();

  /**
   * @param weights of the model
   * @param linears those of the model, with an adapter or without
   * @param workers the threads
   * @param rows prompts that one thread answers at once; each takes memory as it is long
   */
  public Asking(Weights weights, LinearBank linears, Workers workers, int rows) {
    this.weights = weights;
    this.linears = linears;
    this.workers = workers;
    options = GeneratorOptions.alike(rows);
  }

  /** Nothing is drawn with the most likely token at each place. */
  public List<Generation> all(List<TokenSequence> prompts, GenerationConfig how) {
    return all(prompts, prompts.stream().map(p -> Seeds.of(0)).toList(), how);
  }

  /** One answer a prompt, each with its own seeds. */
  public List<Generation> all(
      List<TokenSequence> prompts, List<Seeds> seeds, GenerationConfig how) {
    return prompts(
        IntStream.range(0, prompts.size())
            .mapToObj(i -> Prompt.of(prompts.get(i), seeds.get(i)))
            .toList(),
        how);
  }

  /** One answer a prompt. */
  public List<Generation> prompts(List<Prompt> prompts, GenerationConfig how) {
    // As many pieces as threads or a multiple: neighbours, which begin alike, stay together.
    int threads = Math.min(workers.size(), prompts.size());
    int most = threads * options.maxRows();
    int rounds = Math.max(1, (prompts.size() + most - 1) / Math.max(1, most));
    int pieces = Math.min(prompts.size(), threads * rounds);
    List<List<Prompt>> groups = new ArrayList<>();
    for (int piece = 0; piece < pieces; piece++) {
      int from = (int) ((long) prompts.size() * piece / pieces);
      int to = (int) ((long) prompts.size() * (piece + 1) / pieces);
      groups.add(prompts.subList(from, to));
    }
    return groups(groups, how);
  }

  /**
   * One answer a prompt, of prompts that begin alike within their group: a group stays on one
   * thread, which reads its beginning once.
   */
  public List<Generation> groups(List<List<Prompt>> groups, GenerationConfig how) {
    List<List<Generation>> made = new ArrayList<>(Collections.nCopies(groups.size(), List.of()));
    workers.run(
        groups.size(),
        (i, worker) -> {
          List<Generation> answers = generator(worker).generate(groups.get(i), how);
          synchronized (made) {
            made.set(i, answers);
          }
        });
    return made.stream().flatMap(List::stream).toList();
  }

  private Generator generator(Worker worker) {
    return generators.computeIfAbsent(worker, own -> new Generator(weights, linears, own, options));
  }

  /**
   * Gives the memory back. Caches of keys and values take most of the heap, which the collector
   * would leave as they are until it is full, while a training needs the memory beside it.
   */
  @Override
  public void close() {
    if (!generators.isEmpty()) {
      generators.values().forEach(Generator::close);
      generators.clear();
      System.gc();
    }
  }
}
