package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;

/** Off-heap memory stays flat however often plans are made, run and closed. */
@Tag("slow")
class MemoryTest {
  private static final long MIB = 1 << 20;

  @Test
  void a_thousand_runs_allocate_nothing() {
    try (Weights weights = Weights.random(StepCase.PLAIN, 0.5, 1, Seeds.of(1));
        Worker worker = new Worker()) {
      StepCase step = StepCase.of(weights, name -> true, 2, 5);
      try (Plan plan = Plan.of(step.graph, step.outputs, worker)) {
        step.values.forEach((name, value) -> plan.assign(name, value));
        plan.run();
        long pool = worker.buffers().bytes();
        long pointers = Pointer.totalBytes();
        long arrays = Pointer.totalCount();
        for (int i = 0; i < 1000; i++) {
          plan.run();
        }
        assertThat(worker.buffers().bytes()).isEqualTo(pool);
        assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(pointers);
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(arrays);
      }
    }
  }

  @Test
  void sixty_plans_leave_no_more_behind_than_one() {
    // Gradients and logits of one plan take 5 MiB of its own: leaked, they would be 300.
    ModelConfig config = ModelConfig.small(4096, 64, 1, 2, 64);
    try (Weights weights = Weights.random(config, 0.5, 1, Seeds.of(1));
        Worker worker = new Worker()) {
      StepCase step = StepCase.of(weights, name -> true, 4, 32);
      for (int i = 0; i < 20; i++) {
        Plan.of(step.graph, step.outputs, worker).close();
      }
      long pool = worker.buffers().bytes();
      long before = physicalBytes();
      for (int i = 0; i < 60; i++) {
        Plan.of(step.graph, step.outputs, worker).close();
      }
      assertThat(worker.buffers().bytes()).isEqualTo(pool);
      assertThat(physicalBytes() - before).isLessThan(100 * MIB);
    }
  }

  @Test
  void plans_of_many_shapes_share_one_pool_that_stops_growing() {
    ModelConfig config = StepCase.PLAIN;
    try (Weights weights = Weights.random(config, 0.5, 1, Seeds.of(1));
        Worker worker = new Worker()) {
      Rng rng = Seeds.of(5).rng();
      long settled = 0;
      for (int i = 0; i < 120; i++) {
        StepCase step =
            StepCase.of(weights, name -> true, rng.between(1, 4), 8 * rng.between(1, 3));
        Plan.of(step.graph, step.outputs, worker).close();
        settled = i == 80 ? worker.buffers().bytes() : settled;
      }
      assertThat(worker.buffers().bytes()).isEqualTo(settled);
    }
  }

  /** Resident memory after the collector had its turn. */
  private static long physicalBytes() {
    System.gc();
    return Pointer.physicalBytes();
  }
}
