package org.seal4j.lora.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.generate.TokenShare;

/** Callers who ask too much, hear too slowly, break, go away, and a service that ends. */
class DecodingCallersTest {
  private static final int CHUNK = 8;

  private static Weights weights;
  private static ServingBench bench;

  @BeforeAll
  static void open() {
    weights = TinyModels.weights(3);
    bench = new ServingBench(weights, null, CHUNK);
  }

  @AfterAll
  static void close() {
    bench.close();
    weights.close();
  }

  private static DecodingOptions options(int rows, int tokens) {
    return new DecodingOptions(rows, tokens, CHUNK, 0, 1, 16, 100, 16, Duration.ofSeconds(60));
  }

  private static BatchedDecoding service(DecodingOptions options) {
    return BatchedDecoding.open(bench.served(200), options);
  }

  private static TextRequest plain(int tokens, int caller) {
    return new TextRequest(
        new int[] {1, 2, 3}, List.of(), Sampling.at(1), StopRule.after(tokens), 7, 0, caller);
  }

  @Test
  void callers_take_turns_and_too_many_requests_are_refused() throws Exception {
    DecodingOptions options =
        new DecodingOptions(1, 256, CHUNK, 0, 1, 16, 5, 16, Duration.ofSeconds(60));
    List<Integer> order = new ArrayList<>();
    CountDownLatch go = new CountDownLatch(1);
    try (DecodingService service = service(options)) {
      service.submit(blocking(go), new Heard());
      while (service.state().running() == 0) {
        Thread.sleep(1);
      }
      List<Heard> all = new ArrayList<>();
      for (int caller : new int[] {1, 1, 1, 2, 3}) {
        // Asked on the thread that decodes, so in the order in which requests are answered.
        StopRule stop = StopRule.after(1).orWhen(tokens -> order.add(caller));
        Heard heard = new Heard();
        all.add(heard);
        service.submit(
            new TextRequest(new int[] {1}, List.of(), Sampling.at(1), stop, 7, 0, caller), heard);
      }
      assertThatThrownBy(() -> service.submit(plain(2, 4), new Heard()))
          .isInstanceOf(BusyException.class)
          .hasMessage("5 requests wait already");
      go.countDown();
      all.forEach(Heard::await);
      assertThat(order).containsExactly(1, 2, 3, 1, 1);
    }
  }

  /** A request that keeps the thread that decodes until it may go on. */
  private static TextRequest blocking(CountDownLatch go) {
    StopRule stop =
        StopRule.after(2)
            .orWhen(
                tokens -> {
                  try {
                    go.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  return true;
                });
    return new TextRequest(new int[] {1}, List.of(), Sampling.at(1), stop, 7, 0, 0);
  }

  /** A sink that takes nothing until it is let. */
  private static final class Stuck extends Heard {
    private final CountDownLatch go = new CountDownLatch(1);

    @Override
    public void token(int id, double logProbability, List<TokenShare> shares) {
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      super.token(id, logProbability, shares);
    }
  }

  @Test
  void a_slow_sink_stops_nobody_else_and_gets_the_same_answer() throws Exception {
    Stuck slow = new Stuck();
    try (DecodingService service = service(options(3, 512))) {
      service.submit(plain(60, 0), slow);
      for (int i = 0; i < 4; i++) {
        Heard quick = new Heard();
        service.submit(plain(60, 1), quick);
        bench.assertAsAlone(plain(60, 1), quick.await(), "quick");
      }
      // It has paused where its limit is, with one token in its hand and one row in the batch.
      assertThat(service.state().running()).isEqualTo(1);
      assertThat(service.state().tokensWritten()).isBetween(4 * 60 + 16L, 4 * 60 + 18L);
      slow.go.countDown();
      bench.assertAsAlone(plain(60, 0), slow.await(), "slow");
    }
  }

  @Test
  void a_sink_that_takes_nothing_for_too_long_fails_alone() throws Exception {
    DecodingOptions options =
        new DecodingOptions(3, 512, CHUNK, 0, 1, 16, 9, 4, Duration.ofMillis(200));
    Stuck stuck = new Stuck();
    try (DecodingService service = service(options)) {
      service.submit(plain(60, 0), stuck);
      assertThat(service.drain(Duration.ofSeconds(60))).isTrue();
      assertThat(service.state().failed()).isEqualTo(1);
      assertThat(service.state().running()).isZero();
      stuck.go.countDown();
      assertThat(stuck.await().error()).hasMessage("the answer was not taken for 0 seconds");
      assertThat(stuck.count()).isEqualTo(1);
    }
  }

  @Test
  void a_sink_that_throws_ends_its_request_and_no_other() throws Exception {
    Heard good = new Heard();
    try (DecodingService service = service(options(3, 512))) {
      service.submit(
          plain(100, 0),
          new Heard() {
            @Override
            public void token(int id, double logProbability, List<TokenShare> shares) {
              throw new IllegalStateException("the client is gone");
            }
          });
      service.submit(plain(100, 0), good);
      bench.assertAsAlone(plain(100, 0), good.await(), "the other");
      assertThat(service.drain(Duration.ofSeconds(60))).isTrue();
      assertThat(service.state().failed()).isEqualTo(1);
    }
  }

  @Test
  void what_is_cancelled_costs_nothing_more_whether_it_runs_or_waits() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (DecodingService service = service(options(1, 256))) {
      Heard first = new Heard();
      Ticket runs = service.submit(blocking(go), first);
      Heard second = new Heard();
      Ticket waits = service.submit(plain(100, 0), second);
      waits.cancel();
      waits.cancel();
      assertThat(service.state().cancelled()).isEqualTo(1);
      runs.cancel();
      go.countDown();
      assertThat(service.drain(Duration.ofSeconds(60))).isTrue();
      assertThat(service.state().tokensWritten()).isLessThanOrEqualTo(1);
      assertThat(first.isOver(Duration.ZERO)).isFalse();
      assertThat(second.count()).isZero();
    }
  }

  @Test
  void a_service_that_is_closed_fails_what_it_has_and_takes_no_more() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    DecodingService service = service(options(1, 256));
    Heard runs = new Heard();
    Heard waits = new Heard();
    service.submit(
        new TextRequest(new int[] {1}, List.of(), Sampling.at(1), StopRule.after(190), 1, 0, 0),
        runs);
    service.submit(blocking(go), waits);
    go.countDown();
    service.close();
    assertThat(waits.await().error()).hasMessage("the service was stopped");
    assertThat(runs.await().error()).hasMessage("the service was stopped");
    assertThatThrownBy(() -> service.submit(plain(2, 0), new Heard()))
        .isInstanceOf(BusyException.class);
    service.close();
  }
}
