package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.kernel.Tensor;

class TensorsTest {

  @Test
  @Tag("slow")
  void an_array_is_not_collected_while_a_view_of_it_is_used() {
    INDArray array = Nd4j.create(DataType.FLOAT, 3, 5);
    WeakReference<INDArray> collected = new WeakReference<>(array);
    Tensor view = Tensors.of(array);
    array = null;
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    assertThat(collected.get()).isNotNull();
    assertThat(view.f().get(14)).isZero();
    Reference.reachabilityFence(view);
  }
}
