package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.GraphOp;
import org.seal4j.model.graph.InPlace;
import org.seal4j.model.graph.NativeOp;
import org.seal4j.model.graph.Reshape;

/**
 * Finds the sums of which one term is a matrix product that nothing else reads. BLAS adds such a
 * product to the other term where that stands, so that neither the product nor the sum passes
 * through memory of its own. The product is computed when its sum is.
 */
final class Accumulation {
  /**
   * A sum.
   *
   * @param product the term that is added
   * @param term the other, whose memory becomes the sum
   */
  record Sum(NativeOp product, String term) {}

  private final Set<String> requested;
  private final Map<String, Integer> madeAt = new HashMap<>();
  private final List<GraphOp> ops;
  private final Map<String, Integer> readers = new HashMap<>();
  private final Map<String, Integer> lastRead = new HashMap<>();

  /** The variables that share memory, by each of them. */
  private final Map<String, Set<String>> sharers = new HashMap<>();

  /** When memory was last written again, by any variable that shares it. */
  private final Map<String, Integer> written = new HashMap<>();

  private final Map<GraphOp, Sum> sums = new HashMap<>();
  private final Set<GraphOp> absorbed = new HashSet<>();

  /**
   * @param ops in the order in which they run
   * @param requested what outlives the run
   */
  Accumulation(List<GraphOp> ops, Set<String> requested) {
    this.ops = ops;
    this.requested = requested;
    for (int i = 0; i < ops.size(); i++) {
      for (String name : ops.get(i).argNames()) {
        readers.merge(name, 1, Integer::sum);
        lastRead.put(name, i);
      }
      for (SDVariable output : ops.get(i).outputVariables()) {
        madeAt.put(output.name(), i);
      }
    }
    for (int i = 0; i < ops.size(); i++) {
      visit(ops.get(i), i);
    }
  }

  /** The sum that this op is; null where it is none of these. */
  @Nullable Sum sum(GraphOp op) {
    return sums.get(op);
  }

  /** Whether an op is not run by itself, because a sum computes it. */
  boolean isAbsorbed(GraphOp op) {
    return absorbed.contains(op);
  }

  private void visit(GraphOp op, int index) {
    SDVariable[] outputs = op.outputVariables();
    for (int o = 0; o < outputs.length; o++) {
      String shared = sharedInput(op, o);
      if (shared != null) {
        join(outputs[o].name(), shared);
        if (op instanceof InPlace) {
          write(shared, index);
        }
      }
    }
    if (op instanceof Add add && add.isPlain()) {
      for (int term : new int[] {0, 1}) {
        if (!sums.containsKey(op) && tryAdding(add, term, index)) {
          join(op.output().name(), op.arg(term).name());
          write(op.arg(term).name(), index);
        }
      }
    }
  }

  /** The input whose memory an output is; null where it has memory of its own. */
  static @Nullable String sharedInput(GraphOp op, int output) {
    if (op instanceof Reshape) {
      return op.arg(0).name();
    }
    if (op instanceof InPlace inPlace && inPlace.inputOf(output) >= 0) {
      return op.arg(inPlace.inputOf(output)).name();
    }
    return null;
  }

  private boolean tryAdding(Add add, int term, int index) {
    String held = add.arg(term).name();
    List<GraphOp> chain = productOf(add.arg(1 - term).name());
    if (chain.isEmpty() || !madeAt.containsKey(held) || !isLastUsed(held, index)) {
      return false;
    }
    NativeOp product = (NativeOp) chain.get(chain.size() - 1);
    int before = at(product);
    for (String input : product.argNames()) {
      if (sharers(input).contains(held) || written.getOrDefault(input, -1) > before) {
        return false;
      }
    }
    absorbed.addAll(chain);
    sums.put(add, new Sum(product, held));
    return true;
  }

  /** The reshapes and the product behind a variable that this sum alone reads; else none. */
  private List<GraphOp> productOf(String name) {
    List<GraphOp> chain = new ArrayList<>();
    String at = name;
    while (madeAt.containsKey(at) && readers.getOrDefault(at, 0) == 1 && !requested.contains(at)) {
      GraphOp op = ops.get(madeAt.get(at));
      chain.add(op);
      if (op instanceof NativeOp product) {
        return product.accumulates() ? chain : List.of();
      }
      if (!(op instanceof Reshape)) {
        return List.of();
      }
      at = op.arg(0).name();
    }
    return List.of();
  }

  /** Whether nobody reads this memory after op {@code index}, which reads it once. */
  private boolean isLastUsed(String name, int index) {
    for (String sharer : sharers(name)) {
      boolean isComputed = madeAt.containsKey(sharer);
      if (!isComputed || requested.contains(sharer) || lastRead.getOrDefault(sharer, -1) > index) {
        return false;
      }
    }
    return true;
  }

  private int at(GraphOp op) {
    return Objects.requireNonNull(madeAt.get(op.output().name()));
  }

  private Set<String> sharers(String name) {
    return sharers.computeIfAbsent(name, n -> new HashSet<>(Set.of(n)));
  }

  private void join(String name, String with) {
    Set<String> all = sharers(with);
    all.add(name);
    sharers.put(name, all);
  }

  private void write(String name, int index) {
    sharers(name).forEach(sharer -> written.put(sharer, index));
  }
}
