package org.seal4j.model.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.Graph;

/**
 * Where the variables of one plan lie in memory: views share the memory of their root, and a buffer
 * goes back to the pool after the last op that touches it.
 */
final class Placement {
  /** The last use of what must outlive the run. */
  private static final int NEVER = Integer.MAX_VALUE;

  private final Graph graph;
  private final BufferPool.Layout pool;
  private final Set<String> requested = new LinkedHashSet<>();
  private final Set<String> inputs = new LinkedHashSet<>();
  private final Map<String, INDArray> arrays = new HashMap<>();
  private final List<INDArray> owned = new ArrayList<>();
  private final IdentityHashMap<INDArray, String> identities = new IdentityHashMap<>();
  private final Map<String, String> roots = new HashMap<>();
  private final Map<String, Integer> lastUse = new HashMap<>();
  private final Map<String, INDArray> buffers = new HashMap<>();

  /** For a plan with these outputs, which lie in arrays of their own. */
  Placement(Graph graph, List<SDVariable> outputs, Worker worker) {
    Checks.require(!outputs.isEmpty(), "a plan needs at least one output variable");
    this.graph = graph;
    this.pool = worker.buffers().layout();
    outputs.forEach(output -> requested.add(output.name()));
  }

  /** The names of the outputs. */
  Set<String> requested() {
    return requested;
  }

  /** Says that a variable is another one's memory under another name. */
  void share(String name, String with) {
    roots.put(name, root(with));
  }

  /** The variable whose memory this one lies in. */
  String root(String name) {
    return roots.getOrDefault(name, name);
  }

  /** Says that op {@code index} touches these variables. */
  void use(Stream<String> names, int index) {
    names.forEach(name -> lastUse.put(root(name), index));
  }

  /** Says that everything has been said: outputs outlive the run. */
  void keepRequested() {
    use(requested.stream(), NEVER);
  }

  /** Says that a variable lives until it is released by hand. */
  void keepUntilReleased(String name) {
    use(Stream.of(name), NEVER - 1);
  }

  /** The array of a variable that has been placed; null where it has not. */
  @Nullable INDArray placed(String name) {
    return arrays.get(name);
  }

  /** Places a variable in this array. */
  INDArray put(String name, INDArray array) {
    arrays.put(name, array);
    return array;
  }

  /** The array of a parameter or placeholder, placed when it is first asked for. */
  INDArray input(String name) {
    INDArray held = arrays.get(name);
    if (held != null) {
      return held;
    }
    inputs.add(name);
    SDVariable variable = graph.variable(name);
    INDArray parameter = graph.parameters().get(name);
    return put(
        name,
        parameter != null ? parameter : own(name, variable.dataType(), graph.shape(variable)));
  }

  /**
   * Places a computed variable: in the pool, or where it outlives the run in an array of its own.
   */
  INDArray output(String name, DataType type, long... shape) {
    if (type != DataType.FLOAT || Objects.requireNonNull(lastUse.get(root(name))) == NEVER) {
      return put(name, own(name, type, shape));
    }
    INDArray buffer = pool.take(ArrayUtil.prodLong(shape));
    buffers.put(name, buffer);
    return put(name, buffer.reshape('c', shape));
  }

  private INDArray own(String name, DataType type, long... shape) {
    INDArray array = OwnedArrays.own(Nd4j.create(type, shape));
    owned.add(array);
    identities.put(array, name);
    return array;
  }

  /** Gives back the buffers of those variables that op {@code index} is the last to touch. */
  void releaseAfter(Stream<String> names, int index) {
    names
        .map(this::root)
        .distinct()
        .filter(root -> Objects.requireNonNull(lastUse.get(root)) == index)
        .forEach(this::release);
  }

  /** Gives back the buffer of a variable, if it has one. */
  void release(String name) {
    INDArray buffer = buffers.remove(root(name));
    if (buffer != null) {
      pool.release(buffer);
    }
  }

  /** What a user of the plan sees: inputs and outputs. */
  Map<String, INDArray> visible() {
    Map<String, INDArray> visible = new LinkedHashMap<>();
    inputs.forEach(name -> visible.put(name, input(name)));
    requested.forEach(name -> visible.put(name, input(name)));
    return visible;
  }

  /** Whether a variable is filled before each run. */
  boolean isPlaceholder(String name) {
    return inputs.contains(name) && !graph.parameters().containsKey(name);
  }

  /** Whether an array belongs to the plan. */
  boolean isOwn(INDArray array) {
    return identities.containsKey(array);
  }

  /** The arrays that belong to the plan. */
  List<INDArray> owned() {
    return owned;
  }
}
