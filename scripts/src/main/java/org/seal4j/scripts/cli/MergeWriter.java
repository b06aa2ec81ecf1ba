package org.seal4j.scripts.cli;

import java.nio.file.Path;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.io.MergedAdapter;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.merge.AdapterMerge;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.tuning.TrainedFolder;

/**
 * Writes a merge and reads it back.
 *
 * @param merge how
 * @param model the base, whose weights are as they were afterwards
 * @param inputs adapters
 * @param ids of the sentence whose logits are asked for
 */
record MergeWriter(
    AdapterMerge merge,
    ModelFolder model,
    MergeInputs inputs,
    @SuppressWarnings("ArrayRecordComponent") int[] ids) { // identity is never compared

  /**
   * What was written.
   *
   * @param form for a person
   * @param memory logits of the merge before it was written
   * @param readBack logits of what was written
   */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Stored(String form, float[] memory, float[] readBack) {}

  /** Writes an adapter or a model, whichever the method makes. */
  Stored write(Path out) {
    return merge.method().makesAdapter() ? adapter(out) : model(out);
  }

  private Stored adapter(Path out) {
    Weights weights = model.weights();
    String form;
    float[] memory;
    try (AdapterBank bank = merge.adapter(weights, inputs.parts())) {
      memory = MergeCanary.logits(weights, new LoraBank(weights, bank, 1), ids);
      form =
          "PEFT folder, rank %d, %d modules".formatted(bank.config().rank(), bank.factors().size());
      TrainedFolder.adapter(out, bank, model, weights.sha256());
    }
    try (PeftAdapter read = PeftAdapter.load(out, model.config());
        AdapterBank bank = read.toBank()) {
      return new Stored(
          form, memory, MergeCanary.logits(weights, new LoraBank(weights, bank, 1), ids));
    }
  }

  private Stored model(Path out) {
    Weights weights = model.weights();
    MergedAdapter merged = merge.into(weights, inputs.parts());
    float[] memory;
    try {
      memory = MergeCanary.logits(weights, LinearBank.base(weights), ids);
      model.save(out);
    } finally {
      merged.unmerge();
    }
    try (ModelFolder read = ModelFolder.load(out)) {
      return new Stored(
          "Hugging Face folder of a model",
          memory,
          MergeCanary.logits(read.weights(), LinearBank.base(read.weights()), ids));
    }
  }
}
