package org.seal4j.serve.adapter;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.bundle.AdapterCanary;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.plan.Worker;

/**
 * Reads adapters and proves that they are in effect: a sentence must cost something else with the
 * adapter than without it. Not thread-safe.
 */
final class AdapterReader implements AutoCloseable {
  private final TextModel model;
  private final AdapterLimits limits;
  private final Worker worker;
  private final String baseHash;

  /** What the sentence costs with adapters of a form that add nothing, computed as with others. */
  private final Map<LoraConfig, Double> withoutEffect = new HashMap<>();

  /**
   * @param model stays open as long as this; the caller closes it
   */
  AdapterReader(TextModel model, AdapterLimits limits) {
    this.model = model;
    this.limits = limits;
    worker = new Worker(model.engine());
    baseHash = model.folder().weights().sha256();
  }

  /** {@link org.seal4j.model.Weights#sha256} of the model. */
  String baseHash() {
    return baseHash;
  }

  /** Reads an adapter that fits the model and the limits; the caller closes it. */
  PeftAdapter read(Path path) {
    PeftAdapter adapter = PeftAdapter.load(path, model.folder().config());
    try {
      Checks.require(
          limits.otherBase() || adapter.baseHash().isEmpty() || adapter.baseHash().equals(baseHash),
          "the adapter was trained over weights with the SHA-256 %s, but those of this model have"
              + " %s; set adapters.otherBase to take it all the same",
          adapter.baseHash(),
          baseHash);
      return adapter;
    } catch (RuntimeException e) {
      adapter.close();
      throw e;
    }
  }

  /** The adapter as it computes, proved to be in effect; the caller closes it. */
  AdapterBank proved(PeftAdapter adapter) {
    AdapterBank bank = adapter.toBank();
    try {
      Checks.require(
          bank.config().rank() <= limits.rank(),
          "the adapter has rank %d but at most %d are served",
          bank.config().rank(),
          limits.rank());
      double cost = cost(bank);
      Checks.require(
          Double.isFinite(cost) && cost != withoutEffect(bank.config()),
          "the adapter changes nothing that the model predicts: a sentence costs %s nats per token"
              + " with it and without it; it was not trained, or not read as it was written",
          cost);
      return bank;
    } catch (RuntimeException e) {
      bank.close();
      throw e;
    }
  }

  private double cost(AdapterBank bank) {
    return AdapterCanary.of(model.folder().weights(), bank, model.tokenizer(), worker);
  }

  /** Rounded as with an adapter: the graph of the model alone may round otherwise. */
  private double withoutEffect(LoraConfig form) {
    return withoutEffect.computeIfAbsent(
        form,
        any -> {
          try (AdapterBank zeros = new AdapterBank(1, model.folder().config(), form)) {
            return cost(zeros);
          }
        });
  }

  @Override
  public void close() {
    worker.close();
  }
}
