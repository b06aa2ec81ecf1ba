package org.seal4j.lora.train;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;

/**
 * Adapters that were trained together, still in memory: valid while the callback that receives them
 * runs.
 *
 * @param bank the adapters
 * @param tasks index of each adapter's task in the list given to the inner loop
 * @param curves training loss of each adapter's steps, in nats per weighted token
 * @param worker of the thread that trained them, for generation with them
 */
@SuppressWarnings("ArrayRecordComponent") // hot path data; identity is never compared
public record AdapterGroup(AdapterBank bank, int[] tasks, List<double[]> curves, Worker worker) {

  private static final float LARGEST = 1e6f;

  /** Whether every number of an adapter is finite and sane; else its training diverged. */
  public boolean isSound(int adapter) {
    return isSound(bank, adapter);
  }

  /** The same of an adapter of any bank. */
  public static boolean isSound(AdapterBank bank, int adapter) {
    bank.requireAdapter(adapter);
    for (AdapterBank.Factors f : bank.factors().values()) {
      if (!isSound(bank, f.a(), adapter) || !isSound(bank, f.b(), adapter)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSound(AdapterBank bank, INDArray array, int adapter) {
    FloatBuffer values = Tensors.of(array).f();
    int size = values.capacity() / bank.size();
    for (int i = adapter * size; i < (adapter + 1) * size; i++) {
      if (!(Math.abs(values.get(i)) <= LARGEST)) {
        return false;
      }
    }
    return true;
  }
}
