package org.seal4j.lora.io;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.OwnedArrays;

/**
 * An adapter that has been added to weights. It remembers the touched weights as they were, so that
 * {@link #unmerge} gives back every bit; subtracting the product would not. Merges that lie on each
 * other are undone last first.
 */
public final class MergedAdapter implements AutoCloseable {
  private final Weights weights;
  private final Map<String, INDArray> before;
  private boolean open = true;

  private MergedAdapter(Weights weights, Map<String, INDArray> before) {
    this.weights = weights;
    this.before = before;
  }

  /**
   * Remembers weights that are to be changed, as they are now.
   *
   * @param modules whose weights are changed
   */
  public static MergedAdapter remembering(Weights weights, Collection<String> modules) {
    Map<String, INDArray> before = new LinkedHashMap<>();
    for (String module : modules) {
      INDArray copy = weights.get(module + ".weight").dup('c');
      before.put(module + ".weight", OwnedArrays.own(copy));
    }
    return new MergedAdapter(weights, before);
  }

  /** Puts the touched weights back as they were before the merge, and closes it. */
  public void unmerge() {
    if (!open) {
      throw new IllegalStateException("this merge has been undone or closed before");
    }
    before.forEach(weights::assign);
    close();
  }

  /** Keeps the merged weights and frees the remembered ones. */
  @Override
  public void close() {
    open = false;
    before.values().forEach(INDArray::close);
    before.clear();
  }
}
