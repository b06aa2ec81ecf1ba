package org.seal4j.scripts.adapt;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.io.MergedAdapter;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.rl.study.StudyRows;
import org.seal4j.scripts.tuning.Lesson;
import org.seal4j.scripts.tuning.Measure;

/**
 * Proof that an adapter that was read back is in effect: it changes what the model predicts, and
 * merged into the weights it predicts the same as beside them.
 *
 * @param modules linears that it changes
 * @param moved difference of the negative log-likelihood of a sentence, in nats per token
 * @param apart difference between merged and unmerged, in nats per token
 */
record Canary(int modules, double moved, double apart) {
  private static final String SENTENCE =
      "The quick brown fox jumps over the lazy dog, and the documents say what comes after that.";

  /** Rounding of a merge in float32. */
  private static final double ROUNDING = 1e-3;

  static Canary of(Weights weights, AdapterBank bank, StudyForm form, Workers workers) {
    TokenSequence tokens = new StudyRows(form).text(SENTENCE);
    List<Lesson> sentence = List.of(new Lesson(1, tokens, Optional.empty()));
    double base = loss(weights, LinearBank.base(weights), sentence, workers);
    double beside = loss(weights, new LoraBank(weights, bank, 1), sentence, workers);
    MergedAdapter merged = Merge.merge(weights, bank, 0);
    try {
      double within = loss(weights, LinearBank.base(weights), sentence, workers);
      return new Canary(bank.factors().size(), Math.abs(beside - base), Math.abs(within - beside));
    } finally {
      merged.unmerge();
    }
  }

  private static double loss(
      Weights weights, LinearBank bank, List<Lesson> sentence, Workers workers) {
    return Measure.of(weights, bank, sentence, 1, workers).loss();
  }

  /** Refuses an adapter that has no effect, or another one when it is merged. */
  void require() {
    Checks.require(
        moved > 0,
        "the adapter that was written changes nothing: a sentence has the same likelihood with it; raise"
            + " inner.learningRate or study.readings");
    Checks.require(
        apart <= ROUNDING,
        "the adapter merged into the weights predicts something else than beside them: %s nats per token"
            + " apart",
        apart);
  }

  /** For a person. */
  String sentence() {
    return String.format(
        Locale.ROOT,
        "%d linears; a sentence moves by %.4f nats per token; merged and unmerged are %.1e apart",
        modules,
        moved,
        apart);
  }
}
