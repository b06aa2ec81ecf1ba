package org.seal4j.lora.continual;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.model.BoundInputs;
import org.seal4j.model.CausalLm;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.HostPort;
import org.seal4j.model.plan.Worker;

/**
 * What a model predicts for some texts: its distribution over the next token wherever a text's
 * token has a loss weight. Computed once; read by any number of threads.
 */
public final class TeacherDistributions {
  private final List<TokenSequence> texts;
  private final List<float[]> probabilities;
  private final List<Double> entropies;
  private final int time;
  private final int vocabulary;

  private TeacherDistributions(
      List<TokenSequence> texts,
      List<float[]> probabilities,
      List<Double> entropies,
      int time,
      int vocabulary) {
    this.texts = List.copyOf(texts);
    this.probabilities = List.copyOf(probabilities);
    this.entropies = List.copyOf(entropies);
    this.time = time;
    this.vocabulary = vocabulary;
  }

  /** Asks the model as it is now. */
  public static TeacherDistributions of(Weights weights, List<TokenSequence> texts, Worker worker) {
    Checks.require(!texts.isEmpty(), "a teacher needs at least one text to predict");
    int time = texts.stream().mapToInt(text -> Math.max(1, text.length() - 1)).max().orElse(1);
    int vocabulary = weights.config().vocabSize();
    List<float[]> probabilities = new ArrayList<>();
    List<Double> entropies = new ArrayList<>();
    Graph graph = new Graph();
    SDVariable logits = CausalLm.of(graph, weights, name -> false).logits(1, time);
    try (Executable plan = worker.executable(graph, List.of(logits))) {
      BoundInputs filler = new BoundInputs(plan);
      HostPort values = plan.port(logits.name());
      for (TokenSequence text : texts) {
        filler.fill(0, time, text);
        plan.run();
        float[] rows = new float[time * vocabulary];
        values.get(0, rows);
        probabilities.add(rows);
        entropies.add(softmax(rows, text, vocabulary));
      }
    }
    return new TeacherDistributions(texts, probabilities, entropies, time, vocabulary);
  }

  /** Turns logits into probabilities in place; returns the weighted sum of their entropies. */
  private static double softmax(float[] rows, TokenSequence text, int vocabulary) {
    double weighted = 0;
    for (int t = 0; t < text.length() - 1; t++) {
      int at = t * vocabulary;
      double top = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < vocabulary; j++) {
        top = Math.max(top, rows[at + j]);
      }
      double sum = 0;
      for (int j = 0; j < vocabulary; j++) {
        sum += StrictMath.exp(rows[at + j] - top);
      }
      double entropy = 0;
      for (int j = 0; j < vocabulary; j++) {
        double p = StrictMath.exp(rows[at + j] - top) / sum;
        rows[at + j] = (float) p;
        entropy -= p > 0 ? p * StrictMath.log(p) : 0;
      }
      weighted += text.weights()[t + 1] * entropy;
    }
    return weighted;
  }

  /** Number of texts. */
  public int size() {
    return texts.size();
  }

  TokenSequence text(int index) {
    return texts.get(index);
  }

  /** {@code [time, vocabulary]}; rows behind the text's end hold no meaning. */
  float[] probabilities(int index) {
    return probabilities.get(index);
  }

  /** Sum over the text's tokens of loss weight times entropy, in nats. */
  double entropy(int index) {
    return entropies.get(index);
  }

  /** Inputs of the longest text. */
  int time() {
    return time;
  }

  int vocabulary() {
    return vocabulary;
  }
}
