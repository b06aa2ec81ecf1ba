package org.seal4j.scripts.corpus;

import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.table.Row;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.io.MergedAdapter;
import org.seal4j.model.Weights;

/**
 * The weights after so many passages of a sequence, made again from its adapters.
 *
 * @param weights of the model
 * @param rows of {@link SequenceAdapters#SCHEMA}
 * @param store where the adapters lie
 */
record MergedSequences(Weights weights, Map<Succession, List<Row>> rows, AdapterStore store) {
  MergedSequences {
    rows = Map.copyOf(rows);
  }

  /** The first sequence of a method, which is as long as the largest corpus. */
  Succession first(SequenceMethod method) {
    return rows.keySet().stream()
        .filter(one -> one.method().equals(method) && one.number() == 0)
        .findFirst()
        .orElseThrow();
  }

  /** What answers after so many passages. */
  Over over(Succession sequence, int passages) {
    return passages == 0 ? Over.nothing() : Over.merged(sequence.weights(passages));
  }

  /** Does something while the first so many adapters are in the weights. */
  void within(Succession sequence, int passages, Runnable body) {
    if (passages == 0) {
      body.run();
      return;
    }
    List<Row> own = Checks.present(rows.get(sequence), "%s was not trained", sequence);
    MergedAdapter before = merged(sequence, own.get(0));
    try {
      own.subList(1, passages).forEach(row -> merged(sequence, row).close());
      body.run();
    } finally {
      // All have the same modules: what the first remembers is all that any has touched.
      before.unmerge();
    }
  }

  private MergedAdapter merged(Succession sequence, Row row) {
    try (AdapterBank bank = store.load(row.string("adapter"))) {
      return SequenceModel.into(weights, bank, sequence.method().merging());
    }
  }
}
