package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.scripts.corpus.SequenceMethod.Guard;

/**
 * What a passage of a sequence is trained on: the rows of its own adapter, some of which give their
 * places to rows that keep what was there before. The number of steps and of rows stays.
 *
 * @param batch rows of a step
 * @param guardRows of them that a guard takes
 * @param anchors texts of the un-edited model
 */
record SequenceRows(int batch, int guardRows, List<TokenSequence> anchors) {
  SequenceRows {
    anchors = List.copyOf(anchors);
  }

  /**
   * The training of a passage.
   *
   * @param own as it would be alone
   * @param earlier the passages' before
   * @param seeds of the order of what is kept
   */
  InnerLoopTask task(Guard guard, InnerLoopTask own, List<InnerLoopTask> earlier, Seeds seeds) {
    List<TokenSequence> kept = new ArrayList<>();
    if (guard.replays()) {
      earlier.forEach(task -> kept.addAll(rows(task)));
    }
    if (guard.anchors()) {
      kept.addAll(turns(anchors, kept.isEmpty() ? anchors.size() : kept.size(), seeds));
    }
    if (kept.isEmpty()) {
      return own;
    }
    int steps = own.steps(batch);
    int each = Math.min(guardRows, batch - own.always().size() - 1);
    List<TokenSequence> mixed =
        new ArrayList<>(own.sequences().subList(0, own.sequences().size() - steps * each));
    mixed.addAll(turns(kept, steps * each, seeds.child("kept")));
    return new InnerLoopTask(mixed, own.always(), own.learningRate(), own.epochs(), own.seeds());
  }

  /** Each row of a training once. */
  static List<TokenSequence> rows(InnerLoopTask task) {
    Set<TokenSequence> once = new LinkedHashSet<>(task.always());
    once.addAll(task.sequences());
    return List.copyOf(once);
  }

  /** So many rows: each as often as any other, or once more. */
  private static List<TokenSequence> turns(List<TokenSequence> rows, int count, Seeds seeds) {
    List<TokenSequence> all = new ArrayList<>();
    for (int pass = 0; all.size() < count; pass++) {
      for (int at : seeds.child("pass", pass).rng().permutation(rows.size())) {
        if (all.size() < count) {
          all.add(rows.get(at));
        }
      }
    }
    return all;
  }
}
