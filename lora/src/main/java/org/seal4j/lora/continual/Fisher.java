package org.seal4j.lora.continual;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;

/**
 * The diagonal of the empirical Fisher information of a model's targeted matrices: {@code F_ij} is
 * the mean over texts of the squared derivative, by weight {@code W_ij}, of the text's mean
 * negative log-likelihood per weighted token. It says how much the texts depend on each weight.
 */
public final class Fisher implements AutoCloseable {
  private static final int TIME_MULTIPLE = 8;

  private final Weights weights;
  private final Set<String> names;
  private final Worker worker;
  private final Map<Integer, LmStep> steps = new HashMap<>();

  /**
   * @param weights read anew for every text
   * @param modules the matrices of interest, without {@code .weight}
   */
  public Fisher(Weights weights, Set<String> modules, Worker worker) {
    this.weights = weights;
    this.worker = worker;
    names = Set.copyOf(modules.stream().map(module -> module + ".weight").toList());
    names.forEach(weights::get);
  }

  /** {@code F} by module as {@code [out * in]}, row by row, for the weights as they are now. */
  public Map<String, float[]> of(List<TokenSequence> texts) {
    Checks.require(!texts.isEmpty(), "the Fisher information of no text was asked for");
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (TokenSequence text : texts) {
      LmStep step = bound(Math.max(1, text.length() - 1));
      double weight = BatchFiller.weight(text);
      step.filler().fill(0, List.of(text), weight > 0 ? 1 / weight : 0);
      step.plan().run();
      for (String name : step.trainable()) {
        Tensor gradient = step.fetched(name);
        double[] sum = sums.computeIfAbsent(name, n -> new double[gradient.length()]);
        for (int i = 0; i < sum.length; i++) {
          double g = gradient.f().get(i);
          sum[i] += g * g;
        }
      }
    }
    Map<String, float[]> means = new LinkedHashMap<>();
    sums.forEach(
        (name, sum) -> {
          float[] mean = new float[sum.length];
          for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / texts.size());
          }
          means.put(name.substring(0, name.length() - ".weight".length()), mean);
        });
    return means;
  }

  private LmStep bound(int length) {
    int time = (length + TIME_MULTIPLE - 1) / TIME_MULTIPLE * TIME_MULTIPLE;
    return steps.computeIfAbsent(
        time, t -> LmStep.of(weights, names::contains, new BatchShape(1, t), worker));
  }

  @Override
  public void close() {
    steps.values().forEach(LmStep::close);
    steps.clear();
  }
}
