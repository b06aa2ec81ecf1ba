package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.train.BatchSource;

/**
 * The batches of a study: a passage stands in a batch together with questions about it, not in
 * batches of its own. Each passage stands in equally many.
 *
 * @param passages what there is to be learned of each
 * @param each passages of a batch
 * @param others other rows of a batch for each passage
 * @param seeds of the order
 */
record StudyBatches(List<Material> passages, int each, int others, Seeds seeds)
    implements BatchSource {
  /**
   * What there is to be learned of one passage.
   *
   * @param text the passage itself, or none
   * @param others questions, and texts about it
   */
  record Material(List<TokenSequence> text, List<TokenSequence> others) {
    Material {
      text = List.copyOf(text);
      others = List.copyOf(others);
    }

    boolean isEmpty() {
      return text.isEmpty() && others.isEmpty();
    }
  }

  StudyBatches {
    passages = List.copyOf(passages);
  }

  @Override
  public List<TokenSequence> batch(long step) {
    List<TokenSequence> batch = new ArrayList<>();
    int n = passages.size();
    for (int i = 0; i < each; i++) {
      long at = step * each + i;
      long reading = at / n;
      int passage = seeds.child("reading", reading).rng().permutation(n)[(int) (at % n)];
      Material material = passages.get(passage);
      batch.addAll(material.text);
      addOthers(batch, material, passage, reading);
    }
    return batch;
  }

  private void addOthers(List<TokenSequence> batch, Material material, int passage, long reading) {
    int n = material.others.size();
    for (int k = 0; k < Math.min(others, n); k++) {
      long at = reading * Math.min(others, n) + k;
      int[] order = seeds.child("others", passage).child("pass", at / n).rng().permutation(n);
      batch.add(material.others.get(order[(int) (at % n)]));
    }
  }
}
