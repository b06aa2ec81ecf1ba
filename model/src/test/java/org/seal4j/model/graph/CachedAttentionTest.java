package org.seal4j.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.seal4j.model.kernel.AttentionShape;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

class CachedAttentionTest {

  @ParameterizedTest(name = "b {0} fresh {1} capacity {2} heads {3}/{4} of {5}")
  @CsvSource({
    "1,1,16,1,1,2",
    "2,1,16,4,1,6",
    "3,2,16,2,1,8",
    "2,5,32,2,2,10",
    "1,3,16,4,2,20",
    "2,17,48,4,4,16",
    "5,1,80,4,2,40"
  })
  @Tag("slow")
  void attention_over_a_cache_matches_its_twin(
      int b, int fresh, int capacity, int heads, int kvHeads, int size) {
    matches(new AttentionShape(heads, kvHeads, size), b, fresh, capacity);
  }

  @ParameterizedTest(name = "b {0} fresh {1} capacity {2} cap {3} window {4}")
  @CsvSource({"1,1,16,0.5,1", "3,2,16,0,2", "2,5,32,0.7,0", "1,3,48,0.7,4", "2,17,48,0,16"})
  @Tag("slow")
  void attention_with_cap_and_window_matches_its_twin(
      int b, int fresh, int capacity, double cap, int window) {
    matches(new AttentionShape(4, 2, 6).with(7.5, cap, window), b, fresh, capacity);
  }

  private static void matches(AttentionShape shape, int b, int fresh, int capacity) {
    int heads = shape.heads();
    int kvHeads = shape.kvHeads();
    int size = shape.headSize();
    Bench bench = new Bench("cached attention", b, fresh, capacity, heads, kvHeads, size);
    int[] start = new int[b];
    for (int i = 0; i < b; i++) {
      start[i] = bench.rng().nextInt(capacity - fresh + 1);
    }
    SDVariable[] outputs = attention(bench, shape, fresh, capacity, start);
    TwinCheck.forward(bench, List.of(outputs));
  }

  @ParameterizedTest
  @CsvSource({"4,1,6", "2,2,10", "4,2,16", "2,1,2", "2,1,40"})
  @Tag("slow")
  void tokens_fed_one_by_one_give_what_full_attention_gives(int heads, int kvHeads, int size) {
    AttentionShape shape = new AttentionShape(heads, kvHeads, size);
    assertSteps(shape);
    assertSteps(shape.with(size, 0.9, 0));
    for (int window : new int[] {1, 3, 17}) {
      assertSteps(shape.with(size, 0.9, window));
    }
  }

  private static void assertSteps(AttentionShape shape) {
    int heads = shape.heads();
    int kvHeads = shape.kvHeads();
    int size = shape.headSize();
    int t = 23;
    Bench full = new Bench("full", heads, kvHeads, size);
    SDVariable q = full.fixed("q", t, shape.queryWidth());
    SDVariable k = full.fixed("k", t, shape.kvWidth());
    SDVariable v = full.fixed("v", t, shape.kvWidth());
    SDVariable o = CausalAttention.of(full.graph(), List.of(q, k, v), shape, 1);
    INDArray expected = Run.outputs(full, List.of(o)).get(0);

    // A prompt of 6 tokens, then single ones; a second row of the batch starts elsewhere.
    for (int first : new int[] {1, 6}) {
      INDArray got = Nd4j.create(expected.dataType(), expected.shape());
      int at = feed(full, shape, got, 0, first);
      while (at < t) {
        at = feed(full, shape, got, at, 1);
      }
      assertThat(Run.bits(got)).as(full.title()).isEqualTo(Run.bits(expected));
    }
  }

  /** Runs tokens {@code at .. at + count - 1} over a cache that already holds those before. */
  private static int feed(Bench full, AttentionShape shape, INDArray into, int at, int count) {
    Bench step = new Bench("step", at, count);
    SDVariable[] outputs = attention(step, shape, count, 32, at, 0);
    INDArray o;
    try (Worker worker = new Worker();
        Plan plan = Plan.of(step.graph(), List.of(outputs), worker)) {
      Run.fill(plan, step);
      for (String name : List.of("q", "k", "v")) {
        INDArray tokens = full.values().get(name);
        plan.array(name).get(rows(0, count)).assign(tokens.get(rows(at, at + count)));
        if (!name.equals("q") && at > 0) {
          INDArray cache = plan.array("cached_" + name).slice(0);
          for (int token = 0; token < at; token++) {
            for (int head = 0; head < shape.kvHeads(); head++) {
              int from = head * shape.headSize();
              INDArray numbers = tokens.getRow(token).get(interval(from, from + shape.headSize()));
              cached(cache, name, token, head).assign(numbers);
            }
          }
        }
      }
      plan.run();
      o = plan.array(outputs[0].name()).get(rows(0, count)).dup();
    }
    into.get(rows(at, at + count)).assign(o);
    return at + count;
  }

  private static INDArrayIndex[] rows(int from, int to) {
    return new INDArrayIndex[] {interval(from, to), all()};
  }

  /** What one head has cached of a token, {@code [k]}, in keys or values of one row. */
  private static INDArray cached(INDArray cache, String name, int token, int head) {
    INDArray ofHead = cache.slice(token / 16).slice(head);
    return name.equals("k") ? ofHead.getColumn(token % 16) : ofHead.getRow(token % 16);
  }

  @Test
  void new_rows_are_written_where_each_row_of_the_batch_starts_and_nowhere_else() {
    AttentionShape shape = new AttentionShape(2, 2, 6);
    Bench bench = new Bench("cache writes");
    SDVariable[] outputs = attention(bench, shape, 2, 32, 15, 0);
    List<INDArray> got = Run.outputs(bench, List.of(outputs));
    for (int i = 0; i < 2 * 32 * 4; i++) {
      int row = i / 128;
      int token = i / 4 % 32;
      int head = i / 2 % 2;
      String name = i % 2 == 0 ? "k" : "v";
      int added = token - (row == 0 ? 15 : 0);
      INDArray expected =
          added == 0 || added == 1
              ? bench
                  .values()
                  .get(name)
                  .getRow(2L * row + added)
                  .get(interval(6 * head, 6 * head + 6))
              : cached(bench.values().get("cached_" + name).slice(row), name, token, head);
      INDArray actual = cached(got.get(1 + i % 2).slice(row), name, token, head);
      assertThat(Run.bits(actual.dup())).isEqualTo(Run.bits(expected.dup()));
    }
  }

  @Test
  void the_caches_of_a_plan_are_updated_in_place() {
    AttentionShape shape = new AttentionShape(2, 1, 6);
    Bench bench = new Bench("in place");
    SDVariable[] outputs = attention(bench, shape, 1, 16, 1);
    try (Worker worker = new Worker();
        Plan plan = Plan.of(bench.graph(), List.of(outputs[0]), worker)) {
      Run.fill(plan, bench);
      plan.run();
      assertThat(Run.bits(cached(plan.array("cached_v").slice(0), "v", 1, 0)))
          .isEqualTo(Run.bits(bench.values().get("v").getRow(0)));
    }
  }

  @Test
  void tokens_beyond_the_capacity_are_refused() {
    AttentionShape shape = new AttentionShape(2, 1, 6);
    Bench bench = new Bench("overflow");
    SDVariable[] outputs = attention(bench, shape, 2, 16, 3, 15);
    assertThatThrownBy(() -> Run.outputs(bench, List.of(outputs)))
        .hasMessage(
            "node seal_cached_attention float32 [4, 12]: key-value cache holds 16 tokens but row 1"
                + " wants tokens 15 to 16");
  }

  private static SDVariable[] attention(
      Bench bench, AttentionShape shape, int fresh, int capacity, int... start) {
    long rows = (long) start.length * fresh;
    int blocks = capacity / 16;
    int kv = shape.kvHeads();
    int size = shape.headSize();
    return CachedAttention.of(
        bench.graph(),
        List.of(
            bench.fixed("q", rows, shape.queryWidth()),
            bench.fixed("k", rows, shape.kvWidth()),
            bench.fixed("v", rows, shape.kvWidth()),
            bench.fixed("cached_k", start.length, blocks, kv, size, 16),
            bench.fixed("cached_v", start.length, blocks, kv, 16, size),
            bench.ids("start", start)),
        shape);
  }
}
