package org.seal4j.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {

  @Test
  void every_task_runs_once_on_any_number_of_threads() {
    for (int size : new int[] {1, 2, 5}) {
      try (Workers workers = new Workers(size)) {
        AtomicIntegerArray runs = new AtomicIntegerArray(100);
        Set<Worker> seen = ConcurrentHashMap.newKeySet();
        workers.run(
            100,
            (index, worker) -> {
              runs.incrementAndGet(index);
              seen.add(worker);
            });
        for (int i = 0; i < 100; i++) {
          assertThat(runs.get(i)).isEqualTo(1);
        }
        assertThat(seen).hasSizeBetween(1, size);
      }
    }
  }

  @Test
  void no_task_is_still_running_when_a_failure_is_thrown() {
    try (Workers workers = new Workers(2)) {
      CountDownLatch started = new CountDownLatch(1);
      AtomicBoolean finished = new AtomicBoolean();
      assertThatThrownBy(
              () ->
                  workers.run(
                      2,
                      (index, worker) -> {
                        if (index == 0) {
                          await(started);
                          throw new IllegalStateException("task 0 fails");
                        }
                        started.countDown();
                        sleep();
                        finished.set(true);
                      }))
          .hasMessage("task 0 fails");
      assertThat(finished).isTrue();
    }
  }

  @Test
  void no_task_starts_after_a_failure() {
    try (Workers workers = new Workers(1)) {
      assertThatThrownBy(
              () ->
                  workers.run(
                      5,
                      (index, worker) -> {
                        throw new IllegalStateException("task " + index + " fails");
                      }))
          .hasMessage("task 0 fails");
    }
  }

  @Test
  void no_threads_are_refused() {
    assertThatThrownBy(() -> new Workers(0)).hasMessage("workers must be >= 1 but was 0");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
