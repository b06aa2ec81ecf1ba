package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.GraphOp;
import org.seal4j.model.graph.InPlace;

/**
 * The order in which a plan computes the ops of a graph with boundaries (Chen et al. 2016, Training
 * Deep Nets with Sublinear Memory Cost): what lies between two boundaries is not kept for the ops
 * behind the last boundary, the backward pass, but computed again when the first of these asks for
 * it. The same ops compute it from the same numbers, so that no bit changes.
 */
final class Recomputation {
  private final List<PlannedOp> ops;
  private final Set<String> kept;

  /** Where each boundary is computed. */
  private final TreeSet<Integer> ends = new TreeSet<>();

  private final Map<String, Integer> madeAt = new HashMap<>();

  /** Variables that are computed again, and their names then. */
  private final Map<String, String> renamed = new HashMap<>();

  private final Set<GraphOp> repeated = new HashSet<>();
  private final Set<Integer> done = new HashSet<>();
  private final List<PlannedOp> order = new ArrayList<>();

  private Recomputation(List<PlannedOp> ops, List<String> boundaries, Set<String> requested) {
    this.ops = ops;
    kept = new HashSet<>(requested);
    kept.addAll(boundaries);
    for (int i = 0; i < ops.size(); i++) {
      for (SDVariable output : ops.get(i).op().outputVariables()) {
        madeAt.put(output.name(), i);
      }
    }
    boundaries.stream().filter(madeAt::containsKey).forEach(name -> ends.add(at(name)));
  }

  /**
   * @param ops in an order in which each could be computed once
   * @param boundaries in the order of the forward pass; those that no op computes do not count
   * @param requested what outlives the run
   */
  static List<PlannedOp> order(
      List<PlannedOp> ops, List<String> boundaries, Set<String> requested) {
    Recomputation found = new Recomputation(ops, boundaries, requested);
    if (found.ends.isEmpty()) {
      return ops;
    }
    found.keepWhatCrosses();
    found.chooseRepeated();
    found.run();
    return found.read(requested);
  }

  private int at(String name) {
    return madeAt.getOrDefault(name, Integer.MAX_VALUE);
  }

  /** The part between two boundaries, by the op that ends it; null behind the last. */
  private @Nullable Integer part(int index) {
    return ends.ceiling(index);
  }

  /** What a later part of the forward pass reads is kept. */
  private void keepWhatCrosses() {
    for (int i = 0; i <= ends.last(); i++) {
      for (String name : ops.get(i).args()) {
        if (madeAt.containsKey(name) && !isInside(name, i)) {
          kept.add(name);
        }
      }
    }
  }

  /** Whether a variable is computed in the part that op {@code index} is in. */
  private boolean isInside(String name, int index) {
    return at(name) <= ends.last() && Objects.equals(part(at(name)), part(index));
  }

  /** Finds the ops that are computed again: from the last to the first, since each asks others. */
  private void chooseRepeated() {
    Set<String> wanted = new HashSet<>();
    for (int i = ends.last() + 1; i < ops.size(); i++) {
      wanted.addAll(ops.get(i).args());
    }
    for (int i = ends.last(); i >= 0; i--) {
      boolean asked = false;
      for (SDVariable output : ops.get(i).op().outputVariables()) {
        asked |= wanted.contains(output.name()) && !kept.contains(output.name());
      }
      if (asked) {
        repeat(ops.get(i), wanted);
      }
    }
  }

  private void repeat(PlannedOp planned, Set<String> wanted) {
    GraphOp op = planned.op();
    Checks.require(
        !(op instanceof InPlace),
        "%s writes over what it reads and cannot be computed again; a graph with it has no"
            + " boundaries behind it",
        op.node());
    repeated.add(op);
    wanted.addAll(planned.args());
    for (SDVariable output : op.outputVariables()) {
      if (!kept.contains(output.name())) {
        renamed.put(output.name(), PlannedOp.again(output.name()));
      }
    }
  }

  private void run() {
    for (int i = 0; i < ops.size(); i++) {
      boolean backward = i > ends.last();
      if (backward) {
        for (String name : ops.get(i).args()) {
          if (renamed.containsKey(name)) {
            repeatPart(name);
          }
        }
      }
      PlannedOp once = ops.get(i);
      order.add(backward ? new PlannedOp(once.op(), once.args(), renamed, false) : once);
    }
  }

  private void repeatPart(String name) {
    int end = ends.ceiling(at(name));
    if (done.add(end)) {
      Integer before = ends.lower(end);
      for (int i = before == null ? 0 : before + 1; i <= end; i++) {
        PlannedOp once = ops.get(i);
        if (repeated.contains(once.op())) {
          order.add(new PlannedOp(once.op(), once.args(), renamed, true));
        }
      }
    }
  }

  /** The computations of which something is read: some need not be there twice. */
  private List<PlannedOp> read(Set<String> requested) {
    Set<String> wanted = new HashSet<>(requested);
    List<PlannedOp> read = new ArrayList<>();
    for (int i = order.size() - 1; i >= 0; i--) {
      PlannedOp planned = order.get(i);
      if (planned.outputs().anyMatch(wanted::contains)) {
        read.add(planned);
        planned.inputs().forEach(wanted::add);
      }
    }
    Collections.reverse(read);
    return read;
  }
}
