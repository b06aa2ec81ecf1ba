package org.seal4j.data.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What happens to the delimiters at which a text is cut; names as in {@code tokenizer.json}. */
enum SplitBehavior {
  /** They are dropped. */
  REMOVED("Removed"),
  /** Each is a piece of its own. */
  ISOLATED("Isolated"),
  /** Each belongs to the piece before it. */
  MERGED_WITH_PREVIOUS("MergedWithPrevious"),
  /** Each belongs to the piece after it. */
  MERGED_WITH_NEXT("MergedWithNext"),
  /** Delimiters side by side make one piece. */
  CONTIGUOUS("Contiguous");

  private final String label;

  SplitBehavior(String label) {
    this.label = label;
  }

  static Optional<SplitBehavior> of(String label) {
    return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(one -> one.label).toList();
  }
}
