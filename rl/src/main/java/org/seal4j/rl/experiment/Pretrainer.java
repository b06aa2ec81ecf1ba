package org.seal4j.rl.experiment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.Checkpoint;
import org.seal4j.model.train.Trainer;
import org.seal4j.model.weights.WeightsFile;
import org.seal4j.rl.Progress;

/**
 * Gives the pretrained model of a configuration: from the cache where a run has made it before,
 * else trained now, from the last checkpoint where one was interrupted. Either way the weights are
 * the same bytes.
 */
public final class Pretrainer {
  private static final String WEIGHTS = "weights.safetensors";
  private static final String CHECKPOINT = "checkpoint.safetensors";
  private static final String LOSSES = "loss.arrow";
  private static final String KEY = "key.json";
  private static final String ORIGIN = "seal4j.origin";
  private static final String LOCK = ".lock";
  private static final int SMOOTH = 50;
  private static final Map<Path, ReentrantLock> MAKING = new ConcurrentHashMap<>();

  private final Pretraining how;
  private final CacheKey key;
  private final String hash;
  private final Progress progress;
  private final Path folder;

  /**
   * @param cache folder that runs share; may not exist yet
   * @param backend what the tensors run on, {@code cpu} or {@code cuda}
   */
  public Pretrainer(Path cache, String backend, Pretraining how, Progress progress) {
    this.how = how;
    this.progress = progress;
    key = CacheKey.of(how, backend);
    hash = key.hash();
    folder = cache.resolve("pretrained").resolve(hash);
  }

  /** Where the model lies, or will. */
  public Path folder() {
    return folder;
  }

  /** Whether the model is there already. */
  public boolean isCached() {
    return Files.exists(folder.resolve(WEIGHTS));
  }

  /**
   * The model; the caller closes it. Another run that is making it, in this process or another, is
   * waited for.
   *
   * @throws InputException where the folder cannot be used or what lies there is not as it was
   *     written; the message names the folder to delete
   */
  public Pretrained obtain(Workers workers) {
    // A process may hold a file lock once only, so its own runs queue here.
    ReentrantLock own = MAKING.computeIfAbsent(folder.toAbsolutePath(), f -> new ReentrantLock());
    try {
      own.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    try {
      return obtainAlone(workers);
    } finally {
      own.unlock();
    }
  }

  private Pretrained obtainAlone(Workers workers) {
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = alone(channel)) {
        return held.isValid() && isCached() ? cached() : trained(workers);
      }
    } catch (IOException e) {
      throw new InputException(
          "the cache folder %s cannot be used: %s; make it writable, or delete it, or run with"
                  .formatted(folder, AtomicFile.reason(e))
              + " --no-cache",
          e);
    }
  }

  private FileLock alone(FileChannel channel) throws IOException {
    FileLock free = channel.tryLock();
    if (free != null) {
      return free;
    }
    progress.start("waiting for another run that is pretraining this model", 0);
    FileLock held = channel.lock();
    progress.end();
    return held;
  }

  private Pretrained cached() {
    Path file = folder.resolve(WEIGHTS);
    try {
      key.requireSame(folder.resolve(KEY));
      requireOrigin(file, WeightsFile.notes(file).getOrDefault(ORIGIN, "unknown"));
      List<Double> losses = LossTable.readProven(folder.resolve(LOSSES));
      Checks.require(
          losses.size() == how.training().steps(),
          "%s holds %d losses of %d steps",
          folder.resolve(LOSSES),
          losses.size(),
          how.training().steps());
      return new Pretrained(WeightsFile.loadProven(how.model(), file), losses, hash, 0, 0);
    } catch (InputException e) {
      throw unusable(e);
    }
  }

  private void requireOrigin(Path file, String found) {
    Checks.require(found.equals(hash), "%s is of '%s' but '%s' is expected", file, found, hash);
  }

  private InputException unusable(InputException e) {
    return new InputException(
        "the cached model cannot be used, %s; delete the folder %s, and it is made again, or run"
                .formatted(e.getMessage(), folder)
            + " with --no-cache",
        e);
  }

  private Pretrained trained(Workers workers) throws IOException {
    key.write(folder.resolve(KEY));
    Weights weights =
        Weights.random(how.model(), how.embeddingStd(), how.residualScale(), how.seeds());
    try (Trainer trainer = new Trainer(weights, how.training(), how.shards(), workers)) {
      List<Double> losses = resume(trainer);
      long first = trainer.step();
      long start = System.nanoTime();
      train(trainer, losses);
      double seconds = (System.nanoTime() - start) * 1e-9;
      LossTable.write(folder.resolve(LOSSES), losses);
      WeightsFile.save(weights, folder.resolve(WEIGHTS), Map.of(ORIGIN, hash));
      Files.deleteIfExists(folder.resolve(CHECKPOINT));
      return new Pretrained(weights, losses, hash, how.training().steps() - first, seconds);
    } catch (RuntimeException | IOException e) {
      weights.close();
      throw e;
    }
  }

  private List<Double> resume(Trainer trainer) {
    if (!Files.exists(folder.resolve(CHECKPOINT))) {
      return new ArrayList<>();
    }
    try {
      Checkpoint.load(trainer, folder.resolve(CHECKPOINT), hash);
      List<Double> losses = LossTable.readProven(folder.resolve(LOSSES));
      Checks.require(
          losses.size() >= trainer.step(),
          "%s holds %d losses but its checkpoint stands at step %d",
          folder.resolve(LOSSES),
          losses.size(),
          trainer.step());
      return new ArrayList<>(losses.subList(0, (int) trainer.step()));
    } catch (InputException e) {
      throw unusable(e);
    }
  }

  private void train(Trainer trainer, List<Double> losses) {
    long steps = how.training().steps();
    progress.start("pretraining", steps);
    if (trainer.step() > 0) {
      progress.resume(trainer.step(), "from a checkpoint");
    }
    try (BatchesAhead batches = new BatchesAhead(how.source(), trainer.step(), steps)) {
      while (trainer.step() < steps) {
        losses.add(trainer.train(batches.next()));
        if (trainer.step() % how.checkpointEvery() == 0 && trainer.step() < steps) {
          LossTable.write(folder.resolve(LOSSES), losses);
          Checkpoint.save(trainer, folder.resolve(CHECKPOINT), hash);
        }
        progress.step(trainer.step(), "loss " + recent(losses));
      }
    }
    progress.end();
  }

  /** Mean of the last steps: a single one is noisy. */
  private static String recent(List<Double> losses) {
    double mean =
        losses.subList(Math.max(0, losses.size() - SMOOTH), losses.size()).stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElse(0);
    return String.format(Locale.ROOT, "%.3f", mean);
  }
}
