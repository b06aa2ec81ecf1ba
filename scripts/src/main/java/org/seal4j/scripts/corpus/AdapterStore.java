package org.seal4j.scripts.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import org.seal4j.data.check.Checks;
import org.seal4j.data.table.Row;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.bundle.AdapterCanary;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.train.AdapterGroup;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;

/**
 * A folder of adapters that are named by their content, each in the form of PEFT. One that is
 * stored is read back: it must change what the model predicts.
 */
final class AdapterStore {
  private final Weights weights;
  private final Tokenizer tokenizer;
  private final String baseName;
  private final Path folder;
  private final String baseHash;
  private final double alone;

  /**
   * @param baseName of the model, as adapters name it
   * @param folder made where it is missing
   * @param worker reads a sentence with the model as it is
   */
  AdapterStore(Weights weights, Tokenizer tokenizer, String baseName, Path folder, Worker worker) {
    this(
        weights,
        tokenizer,
        baseName,
        folder,
        weights.sha256(),
        AdapterCanary.of(weights, tokenizer, worker));
  }

  private AdapterStore(
      Weights weights,
      Tokenizer tokenizer,
      String baseName,
      Path folder,
      String baseHash,
      double alone) {
    this.weights = weights;
    this.tokenizer = tokenizer;
    this.baseName = baseName;
    this.folder = folder;
    this.baseHash = baseHash;
    this.alone = alone;
  }

  /** The same for another folder, without reading the model again. */
  AdapterStore in(Path other) {
    return new AdapterStore(weights, tokenizer, baseName, other, baseHash, alone);
  }

  /**
   * An adapter that was stored.
   *
   * @param hash of its folder, which is its name
   * @param bytes of its files
   * @param canary what a fixed sentence costs with it
   * @param steps of its training
   * @param firstLoss of the first step
   * @param lastLoss of the last
   */
  record Stored(
      String hash, long bytes, double canary, int steps, double firstLoss, double lastLoss) {

    /** Sets the columns that tables of adapters have in common. */
    Row.Builder in(Row.Builder row) {
      return row.set("adapter", hash)
          .set("bytes", bytes)
          .set("canary", canary)
          .set("steps", steps)
          .set("first_loss", firstLoss)
          .set("last_loss", lastLoss);
    }
  }

  /**
   * Stores one adapter of a group that was trained, on the thread that trained it.
   *
   * @param what it is of, for a message
   */
  Stored store(AdapterGroup group, int place, String what) {
    requireSound(group.bank(), place, what);
    String hash = written(group.bank(), place);
    return read(hash, group.curves().get(place), group.worker(), what);
  }

  /** Refuses an adapter whose training diverged. */
  static void requireSound(AdapterBank bank, int place, String what) {
    Checks.require(
        AdapterGroup.isSound(bank, place),
        "the training of the adapter of %s diverged; begin a new run with a lower learning rate",
        what);
  }

  /**
   * Stores an adapter that is sound.
   *
   * @param bank of it alone
   * @param losses of its training
   * @param worker of this thread
   * @param what it is of, for a message
   */
  Stored store(AdapterBank bank, double[] losses, Worker worker, String what) {
    return read(written(bank, 0), losses, worker, what);
  }

  private Stored read(String hash, double[] losses, Worker worker, String what) {
    try (AdapterBank bank = load(hash)) {
      double cost = AdapterCanary.of(weights, bank, tokenizer, worker);
      Checks.require(
          cost != alone,
          "the adapter of %s changes nothing that the model predicts; raise the learning rate or"
              + " the steps",
          what);
      return new Stored(
          hash,
          Bundle.bytes(folder, hash),
          cost,
          losses.length,
          losses[0],
          losses[losses.length - 1]);
    }
  }

  /** Threads take turns: a folder is filled beside its place. */
  private synchronized String written(AdapterBank bank, int place) {
    try (PeftAdapter adapter = PeftAdapter.of(weights.config(), bank, place, baseName)) {
      return Bundle.store(folder, adapter, baseHash);
    }
  }

  /** Whether an adapter is there. */
  boolean has(String hash) {
    return Files.isDirectory(folder.resolve(hash));
  }

  /** Reads an adapter; the caller closes it. */
  AdapterBank load(String hash) {
    try (PeftAdapter adapter = PeftAdapter.load(folder.resolve(hash), weights.config())) {
      return adapter.toBank();
    }
  }
}
