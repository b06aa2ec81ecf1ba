package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.train.BatchSource;

/**
 * The batches of a study: a passage stands in a batch together with questions about it, not in
 * batches of its own. Each passage stands in equally many. Rows count alike in the loss, however
 * long they are: counted by tokens, a passage outweighs its questions many times, is learned by
 * heart, and the model forgets what it could do before (docs/results.md).
 *
 * @param passages what there is to be learned of each
 * @param each passages of a batch
 * @param others other rows of a batch for each passage
 * @param anchors rows of every batch that hold the model to what it was
 * @param seeds of the order
 */
record StudyBatches(List<Material> passages, int each, int others, Anchors anchors, Seeds seeds)
    implements BatchSource {
  /**
   * Rows about other subjects that a model is to write on as before.
   *
   * @param rows that take turns
   * @param each of a batch
   */
  record Anchors(List<TokenSequence> rows, int each) {
    /** No such row. */
    static final Anchors NONE = new Anchors(List.of(), 0);

    Anchors {
      rows = rows.stream().map(row -> row.weighing(1)).toList();
    }
  }

  /**
   * What there is to be learned of one passage.
   *
   * @param text the passage itself, or none
   * @param others questions, and texts about it
   */
  record Material(List<TokenSequence> text, List<TokenSequence> others) {
    Material {
      text = text.stream().map(row -> row.weighing(1)).toList();
      others = others.stream().map(row -> row.weighing(1)).toList();
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
      addTurn(batch, material.others, others, seeds.child("others", passage), reading);
    }
    addTurn(batch, anchors.rows, anchors.each, seeds.child("anchors"), step);
    return batch;
  }

  /** The next rows of a list, which stands in another order each time that it begins anew. */
  private static void addTurn(
      List<TokenSequence> batch, List<TokenSequence> rows, int most, Seeds seeds, long turn) {
    int n = rows.size();
    int count = Math.min(most, n);
    for (int k = 0; k < count; k++) {
      long at = turn * count + k;
      batch.add(rows.get(seeds.child("pass", at / n).rng().permutation(n)[(int) (at % n)]));
    }
  }
}
