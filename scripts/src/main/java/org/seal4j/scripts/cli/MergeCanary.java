package org.seal4j.scripts.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.io.MergedAdapter;
import org.seal4j.lora.merge.AdapterMerge;
import org.seal4j.model.BoundInputs;
import org.seal4j.model.CausalLm;
import org.seal4j.model.Products;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.weights.ModelFolder;

/**
 * Proof that a merge is in effect: all logits of a sentence, of the base, of the base with each
 * adapter merged into it one after the other, of the merge in memory, and of what was read back.
 *
 * @param together largest difference of a logit between the adapters together and the base
 * @param moved the same between what was read back and the base
 * @param apart the same between what was read back and the adapters together
 * @param stored the same between what was read back and the merge in memory
 * @param rounding differences up to this one are rounding
 */
record MergeCanary(double together, double moved, double apart, double stored, double rounding) {
  private static final String SENTENCE =
      "The quick brown fox jumps over the lazy dog, and the documents say what comes after that.";

  /** Rounding of sums in float32, as a share of the largest logit. */
  private static final double ROUNDING = 1e-3;

  /** What adapters that cancel each other leave, as a part of that. */
  private static final double NOISE = 0.01;

  /** The ids of the sentence; of a model without tokenizer ids from 0 on. */
  static int[] sentence(ModelFolder model) {
    int most = Math.min(model.context(), 32);
    int[] ids =
        model
            .tokenizer()
            .map(path -> Tokenizers.load(path).encode(SENTENCE))
            .orElseGet(() -> range(Math.min(most, model.config().vocabSize())));
    return Arrays.copyOf(ids, Math.min(most, ids.length));
  }

  private static int[] range(int length) {
    return IntStream.range(0, length).toArray();
  }

  /** The logits of all places, {@code [t, v]}. */
  static float[] logits(Weights weights, LinearBank bank, int[] ids) {
    Graph graph = new Graph();
    CausalLm lm = CausalLm.frozen(graph, weights, bank.linear(graph, Products.inCalls(1)));
    SDVariable logits = lm.logits(1, ids.length);
    try (Worker worker = new Worker();
        Executable plan = worker.executable(graph, List.of(logits))) {
      BoundInputs inputs = new BoundInputs(plan);
      for (int i = 0; i < ids.length; i++) {
        inputs.put(i, ids[i], i, i);
      }
      plan.run();
      float[] all = new float[ids.length * weights.config().vocabSize()];
      plan.port(logits.name()).get(0, all);
      return all;
    }
  }

  /** The same with each adapter merged into the weights, which are then as they were. */
  static float[] together(Weights weights, List<AdapterMerge.Part> parts, int[] ids) {
    List<MergedAdapter> merged = new ArrayList<>();
    try {
      for (AdapterMerge.Part part : parts) {
        merged.add(Merge.merge(weights, part.bank(), part.adapter(), part.weight()));
      }
      return logits(weights, LinearBank.base(weights), ids);
    } finally {
      for (int i = merged.size() - 1; i >= 0; i--) {
        merged.get(i).unmerge();
      }
    }
  }

  /** Compares them, in the order of the description. */
  static MergeCanary of(float[] base, float[] together, float[] memory, float[] readBack) {
    double largest = 1;
    for (float logit : together) {
      largest = Math.max(largest, Math.abs(logit));
    }
    return new MergeCanary(
        difference(together, base),
        difference(readBack, base),
        difference(readBack, together),
        difference(readBack, memory),
        ROUNDING * largest);
  }

  /** The largest one; not a number where a logit is none. */
  private static double difference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
    }
    return largest;
  }

  /**
   * Refuses a merge that is not in effect.
   *
   * @param exact whether the result is to be the sum of the adapters
   */
  void require(boolean exact) {
    double noise = rounding * NOISE;
    Checks.require(
        together > noise,
        "the adapters together change no logit of a sentence, so there is nothing to merge; look at"
            + " their weights and at what they were trained on");
    Checks.require(
        moved > noise,
        "what was merged changes no logit of a sentence: nothing of the adapters is left; name a"
            + " larger rank, or a denoising that keeps more");
    Checks.require(
        stored <= rounding,
        "what was written predicts something else than what was merged: a logit is %s apart; the"
            + " files were changed, or the disk is not sound",
        stored);
    Checks.require(
        !exact || apart <= rounding,
        "what was written predicts something else than the adapters together: a logit is %s apart",
        apart);
  }

  /** Whether the result is further from the adapters together than the base alone. */
  boolean isFar() {
    return apart >= together;
  }

  /** For a person. */
  String sentence() {
    return String.format(
        Locale.ROOT,
        "on a sentence a logit moves by up to %.3g, by the adapters together by up to %.3g; they are"
            + " %.2g apart at most",
        moved,
        together,
        apart);
  }
}
