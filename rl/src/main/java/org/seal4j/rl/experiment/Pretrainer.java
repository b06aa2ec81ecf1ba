package org.seal4j.rl.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.Json;
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
  private static final String LOCK = ".lock";
  private static final int SMOOTH = 50;
  private static final Map<Path, ReentrantLock> MAKING = new ConcurrentHashMap<>();

  private final Pretraining how;
  private final List<String> key;
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
    key = how.key(backend);
    hash = ContentHash.ofTexts(key);
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
      throw new UncheckedIOException(e);
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
    Weights weights = WeightsFile.load(how.model(), folder.resolve(WEIGHTS));
    return new Pretrained(weights, LossTable.read(folder.resolve(LOSSES)), hash, 0, 0);
  }

  private Pretrained trained(Workers workers) throws IOException {
    Json.write(folder.resolve(KEY), key);
    Weights weights =
        Weights.random(how.model(), how.embeddingStd(), how.residualScale(), how.seeds());
    try (Trainer trainer = new Trainer(weights, how.training(), how.shards(), workers)) {
      List<Double> losses = resume(trainer);
      long first = trainer.step();
      long start = System.nanoTime();
      train(trainer, losses);
      double seconds = (System.nanoTime() - start) * 1e-9;
      LossTable.write(folder.resolve(LOSSES), losses);
      WeightsFile.save(weights, folder.resolve(WEIGHTS));
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
    Checkpoint.load(trainer, folder.resolve(CHECKPOINT));
    return new ArrayList<>(LossTable.read(folder.resolve(LOSSES)).subList(0, (int) trainer.step()));
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
          Checkpoint.save(trainer, folder.resolve(CHECKPOINT));
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
