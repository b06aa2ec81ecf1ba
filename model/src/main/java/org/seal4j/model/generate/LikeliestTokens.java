package org.seal4j.model.generate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.SoftTargets;

/** The likeliest tokens at each place of one answer, as it is written. */
final class LikeliestTokens {
  private final int width;
  private final List<int[]> ids = new ArrayList<>();
  private final List<float[]> probabilities = new ArrayList<>();

  /**
   * @param width how many at each place; 0 for none
   */
  LikeliestTokens(int width) {
    this.width = width;
  }

  /** Keeps those of the next place. */
  void add(float[] logits, TokenChooser chooser) {
    if (width == 0) {
      return;
    }
    int[] at = new int[width];
    float[] held = new float[width];
    chooser.likeliest(logits, at, held);
    ids.add(at);
    probabilities.add(held);
  }

  /** Those of the last place, falling; none where none are kept. */
  List<TokenShare> last() {
    List<TokenShare> shares = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      int[] at = ids.get(ids.size() - 1);
      float[] held = probabilities.get(ids.size() - 1);
      shares.add(new TokenShare(at[i], StrictMath.log(held[i])));
    }
    return shares;
  }

  /** Those of all places; null where none are kept. */
  @Nullable SoftTargets all() {
    if (width == 0) {
      return null;
    }
    int[] all = new int[ids.size() * width];
    float[] held = new float[all.length];
    for (int i = 0; i < ids.size(); i++) {
      System.arraycopy(ids.get(i), 0, all, i * width, width);
      System.arraycopy(probabilities.get(i), 0, held, i * width, width);
    }
    return new SoftTargets(width, all, held);
  }
}
