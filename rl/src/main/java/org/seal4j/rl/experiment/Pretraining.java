package org.seal4j.rl.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.BatchSource;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.model.train.TrainingMemory;

/**
 * A pretraining from scratch: all that decides the bits of the model it ends with.
 *
 * @param model sizes of the transformer
 * @param training steps, optimizer, schedule
 * @param shards shape of each part of a batch, in the order of the batch's sequences
 * @param embeddingStd deviation of random embeddings
 * @param residualScale factor on the initial weights that write into the residual stream
 * @param source the batches
 * @param seeds of the initial weights
 * @param notes further texts that name the data, for {@code key.json}
 * @param checkpointEvery steps between checkpoints; does not decide the bits
 */
public record Pretraining(
    ModelConfig model,
    TrainConfig training,
    List<BatchShape> shards,
    double embeddingStd,
    double residualScale,
    BatchSource source,
    Seeds seeds,
    List<String> notes,
    long checkpointEvery) {
  /** Counts up when the arithmetic of training changes. */
  private static final int FORMAT = 1;

  /** A boxed number in a list. */
  private static final double BYTES_PER_LOSS = 20;

  public Pretraining {
    shards = List.copyOf(shards);
    notes = List.copyOf(notes);
  }

  /** Refuses a training that this process has not the memory for, before anything is made. */
  public void requireMemory() {
    requireMemory(model, shards, training.steps());
  }

  /** The same for a training of this model by so many batches of these shards. */
  public static void requireMemory(ModelConfig model, List<BatchShape> shards, long steps) {
    new MemoryNeed(BYTES_PER_LOSS * steps)
        .requireHeap(String.format(Locale.ROOT, "the losses of %,d steps would", steps));
    TrainingMemory.of(model, shards)
        .require(
            String.format(
                Locale.ROOT,
                "training a model of %,.0f parameters by batches of %,d tokens would",
                MemoryNeed.parameters(model),
                shards.stream().mapToLong(s -> (long) s.batch() * s.time()).sum()));
  }

  /**
   * Everything that decides the model as texts; their hash names it in the cache. Batches stand in
   * it by their tokens, so that a changed generator never serves an old model.
   */
  List<String> key(String backend) {
    List<String> parts = new ArrayList<>();
    parts.add("pretraining, format " + FORMAT + ", backend " + backend);
    parts.add("seed " + seeds.value());
    parts.add(model.cacheKey());
    parts.add(training.cacheKey());
    parts.add(shards.stream().map(BatchShape::cacheKey).toList().toString());
    if (shards.stream().anyMatch(shard -> shard.time() > 128)) {
      parts.add("long shards padded to steps of 32 tokens");
    }
    parts.add("embeddingStd %s, residualScale %s".formatted(embeddingStd, residualScale));
    parts.addAll(notes);
    parts.add("first batch " + hash(source.batch(0)));
    parts.add("last batch " + hash(source.batch(training.steps() - 1)));
    return parts;
  }

  private static String hash(List<TokenSequence> batch) {
    List<String> texts = new ArrayList<>();
    for (TokenSequence sequence : batch) {
      texts.add(
          Arrays.toString(sequence.ids())
              + Arrays.toString(sequence.positions())
              + Arrays.toString(sequence.weights()));
    }
    return ContentHash.ofTexts(texts);
  }
}
