package org.seal4j.model.generate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which row of the batch belongs to which answer: equal blocks of rows, one per adapter; rows
 * without an answer are padding.
 */
final class Slots {
  private final int groups;
  private int perGroup;
  private @Nullable Answer[] rows;

  /**
   * @param answers by adapter
   */
  Slots(List<List<Answer>> answers) {
    groups = answers.size();
    int most = answers.stream().mapToInt(List::size).max().orElse(0);
    perGroup = RowCounts.rounded(most);
    rows = new @Nullable Answer[groups * perGroup];
    for (int g = 0; g < groups; g++) {
      for (int i = 0; i < answers.get(g).size(); i++) {
        rows[g * perGroup + i] = answers.get(g).get(i);
      }
    }
  }

  /** Number of blocks, one per adapter. */
  int groups() {
    return groups;
  }

  /** Rows of a block, padding included. */
  int perGroup() {
    return perGroup;
  }

  /** Number of rows, padding included. */
  int rows() {
    return rows.length;
  }

  /** The answer in a row; null for padding. */
  @Nullable Answer at(int row) {
    return rows[row];
  }

  /** Takes the ended answers out. */
  void dropEnded() {
    for (int r = 0; r < rows.length; r++) {
      Answer answer = rows[r];
      if (answer != null && answer.ended()) {
        rows[r] = null;
      }
    }
  }

  /** Whether any answer is left. */
  boolean occupied() {
    for (Answer answer : rows) {
      if (answer != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Closes the gaps once no block is more than half full, so that ended answers stop costing.
   *
   * @param cache moves along, row by row
   * @param capacity tokens per row of the cache
   */
  void compact(KvCache cache, int capacity) {
    int most = 0;
    for (int g = 0; g < groups; g++) {
      most = Math.max(most, live(g));
    }
    int smaller = RowCounts.rounded(most);
    if (2 * most > perGroup || smaller == perGroup) {
      return;
    }
    @Nullable Answer[] moved = new @Nullable Answer[groups * smaller];
    for (int g = 0; g < groups; g++) {
      int to = g * smaller;
      // Rows only ever move towards the front, in order: none is overwritten before it has moved.
      for (int from = g * perGroup; from < (g + 1) * perGroup; from++) {
        Answer answer = rows[from];
        if (answer != null) {
          cache.move(from, to, capacity, answer.cached());
          moved[to++] = answer;
        }
      }
    }
    rows = moved;
    perGroup = smaller;
  }

  /**
   * Gives every row of a block what was read for all of them: the first {@code length} tokens of
   * cache row g for block g.
   *
   * @param capacity tokens per row of the cache
   */
  void spread(KvCache cache, int capacity, int length) {
    for (int g = groups - 1; g >= 0 && length > 0; g--) {
      // The last rows first: a row is overwritten once it has been given to all of its block.
      for (int to = (g + 1) * perGroup - 1; to >= g * perGroup; to--) {
        if (rows[to] != null) {
          cache.move(g, to, capacity, length);
        }
      }
    }
  }

  private int live(int group) {
    int live = 0;
    for (int i = 0; i < perGroup; i++) {
      live += rows[group * perGroup + i] == null ? 0 : 1;
    }
    return live;
  }
}
