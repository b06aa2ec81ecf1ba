package org.seal4j.rl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;

/**
 * A stretch of the run in which the policy does not change.
 *
 * @param seeds the node that its slots hang on
 */
record Phase(String name, int round, Seeds seeds) {
  static final String TRAIN = "train";
  static final String BASELINE = "baseline";

  /** Chosen edits of a round once more, with random numbers that had no part in the choice. */
  static final String REEXAMINED = "reexamined";

  /** Phases of rounds, whose names no evaluation may have. */
  static final Set<String> OF_ROUNDS = Set.of(TRAIN, BASELINE, REEXAMINED);

  /** One slot per context and index, context by context. */
  <C extends Context> List<Slot<C>> slots(List<C> contexts, int editsPerContext) {
    Checks.require(!contexts.isEmpty(), "%s has no contexts", this);
    Checks.require(
        editsPerContext >= 1, "%s needs >= 1 edit per context, not %d", this, editsPerContext);
    Set<String> ids = new LinkedHashSet<>();
    List<Slot<C>> slots = new ArrayList<>();
    for (C context : contexts) {
      Checks.require(
          ids.add(context.id()), "%s has the context %s twice; keep one", this, context.id());
      for (int index = 0; index < editsPerContext; index++) {
        slots.add(slot(context, index));
      }
    }
    return slots;
  }

  /** The slot of this index. */
  <C extends Context> Slot<C> slot(C context, int index) {
    Seeds node = seeds.child("edit", context.id(), index);
    EditRow.Key key =
        new EditRow.Key(name, round, context.id(), context.family(), index, node.value());
    return new Slot<>(key, context, node);
  }

  @Override
  public String toString() {
    return "%s (round %d)".formatted(name, round);
  }
}
