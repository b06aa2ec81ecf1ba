package org.seal4j.lora.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.Graph;

/**
 * Direct preference optimisation (DPO; Rafailov et al. 2023, arXiv 2305.18290, equation 7): the
 * best rollout of each group is preferred to its worst. The reference is the policy that wrote
 * them.
 *
 * <p>A step sees one text at a time: first all are scored as the policy is now, which gives the
 * margin of each pair; then the loss of a pair is differentiated by each of its texts, given the
 * margin of the others. The gradients add up to that of the whole pair.
 */
public final class Preference extends PolicyObjective {
  private static final String REFERENCE = "reference_nll";
  private static final String SIGNS = "signs";
  private static final String OFFSET = "offset";
  private static final String SCALE = "scale";

  private final double beta;

  /**
   * @param beta how sharply the margin of a pair counts, above 0: the larger, the nearer the policy
   *     stays to the reference
   */
  public Preference(double beta) {
    Checks.require(
        beta > 0 && Double.isFinite(beta), "beta must be finite and > 0 but was %s", beta);
    this.beta = beta;
  }

  @Override
  public List<Lesson> lessons(List<Rollout> rollouts) {
    Map<String, Rollout> best = new LinkedHashMap<>();
    Map<String, Rollout> worst = new LinkedHashMap<>();
    for (Rollout rollout : rollouts) {
      if (!rollout.texts().isEmpty()) {
        best.merge(rollout.group(), rollout, (a, b) -> b.reward() > a.reward() ? b : a);
        worst.merge(rollout.group(), rollout, (a, b) -> b.reward() < a.reward() ? b : a);
      }
    }
    List<Lesson> lessons = new ArrayList<>();
    best.forEach(
        (group, chosen) -> {
          Rollout rejected = Checks.present(worst.get(group), "group %s has no worst", group);
          if (chosen.reward() > rejected.reward()) {
            List<Lesson.Directed> texts = new ArrayList<>();
            chosen.texts().forEach(text -> texts.add(new Lesson.Directed(text, 1)));
            rejected.texts().forEach(text -> texts.add(new Lesson.Directed(text, -1)));
            lessons.add(new Lesson(texts));
          }
        });
    return lessons;
  }

  @Override
  public boolean needsStart() {
    return false;
  }

  @Override
  boolean needsScores() {
    return true;
  }

  @Override
  SDVariable loss(Graph graph, SDVariable nll) {
    long rows = graph.length(nll);
    SDVariable reference = graph.placeholder(REFERENCE, DataType.FLOAT, rows);
    SDVariable signs = graph.placeholder(SIGNS, DataType.FLOAT, rows);
    SDVariable offset = graph.placeholder(OFFSET, DataType.FLOAT, 1);
    SDVariable scale = graph.placeholder(SCALE, DataType.FLOAT, 1);
    return PreferenceLoss.of(graph, List.of(nll, reference, signs, offset, scale), beta)[0];
  }

  @Override
  List<StepText> texts(List<Lesson> step, TextScores old, TextScores reference, TextScores now) {
    List<StepText> texts = new ArrayList<>();
    for (Lesson pair : step) {
      double[] margins = new double[pair.texts().size()];
      double all = 0;
      for (int i = 0; i < margins.length; i++) {
        margins[i] = margin(pair.texts().get(i), reference, now);
        all += margins[i];
      }
      for (int i = 0; i < margins.length; i++) {
        Lesson.Directed text = pair.texts().get(i);
        Map<String, float[]> inputs =
            Map.of(
                REFERENCE,
                reference.of(text.text()),
                SIGNS,
                weights(text, text.direction()),
                OFFSET,
                new float[] {(float) (all - margins[i])},
                SCALE,
                new float[] {1f / step.size()});
        texts.add(new StepText(text.text(), inputs, i == 0));
      }
    }
    return texts;
  }

  private static double margin(Lesson.Directed text, TextScores reference, TextScores now) {
    float[] signs = weights(text, text.direction());
    float[] before = reference.of(text.text());
    float[] nll = now.of(text.text());
    double margin = 0;
    for (int i = 0; i < signs.length; i++) {
      margin += signs[i] * ((double) before[i] - nll[i]);
    }
    return margin;
  }
}
