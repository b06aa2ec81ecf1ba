package org.seal4j.serve.endpoint;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.seal4j.serve.protocol.Usage;

/** Figures of a server since its start, as Prometheus reads them. */
public final class Metrics {
  private static final double[] SECONDS = {0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100};

  private final Map<String, LongAdder> requests = new TreeMap<>();
  private final LongAdder read = new LongAdder();
  private final LongAdder written = new LongAdder();
  private final LongAdder faults = new LongAdder();
  private final long[] firstTokens = new long[SECONDS.length + 1];
  private final AtomicLong firstNanos = new AtomicLong();

  /** A request is over. */
  public void visit(String path, int status) {
    String labels = "path=\"%s\",status=\"%d\"".formatted(path.isEmpty() ? "other" : path, status);
    synchronized (requests) {
      requests.computeIfAbsent(labels, any -> new LongAdder()).increment();
    }
  }

  /** The server failed. */
  public void fault() {
    faults.increment();
  }

  /** An answer is over. */
  public void answer(Usage usage) {
    read.add(usage.read());
    written.add(usage.written());
  }

  /** The first piece of an answer came after this time. */
  public void firstPiece(long nanos) {
    int at = 0;
    while (at < SECONDS.length && nanos > SECONDS[at] * 1e9) {
      at++;
    }
    synchronized (firstTokens) {
      firstTokens[at]++;
    }
    firstNanos.addAndGet(nanos);
  }

  /**
   * All of them.
   *
   * @param now figures of this moment by name
   * @param sums figures since the start by name
   */
  public String text(Map<String, Long> now, Map<String, Long> sums) {
    StringBuilder text = new StringBuilder();
    text.append("# HELP seal_requests_total Requests that are over.\n");
    text.append("# TYPE seal_requests_total counter\n");
    synchronized (requests) {
      requests.forEach(
          (labels, count) ->
              text.append("seal_requests_total{")
                  .append(labels)
                  .append("} ")
                  .append(count.sum())
                  .append('\n'));
    }
    counter(text, "seal_prompt_tokens_total", "Tokens of prompts that were answered.", read.sum());
    counter(text, "seal_generated_tokens_total", "Tokens of answers.", written.sum());
    counter(text, "seal_faults_total", "Faults of the server.", faults.sum());
    sums.forEach((name, value) -> typed(text, name, "counter", value));
    now.forEach((name, value) -> typed(text, name, "gauge", value));
    histogram(text);
    return text.toString();
  }

  private static void counter(StringBuilder text, String name, String help, long value) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    typed(text, name, "counter", value);
  }

  private static void typed(StringBuilder text, String name, String type, long value) {
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    text.append(name).append(' ').append(value).append('\n');
  }

  private void histogram(StringBuilder text) {
    String name = "seal_first_token_seconds";
    text.append("# HELP ")
        .append(name)
        .append(" From a request to the first piece of its answer.\n");
    text.append("# TYPE ").append(name).append(" histogram\n");
    long sum = 0;
    synchronized (firstTokens) {
      for (int i = 0; i < SECONDS.length; i++) {
        sum += firstTokens[i];
        text.append("%s_bucket{le=\"%s\"} %d\n".formatted(name, SECONDS[i], sum));
      }
      sum += firstTokens[SECONDS.length];
    }
    text.append("%s_bucket{le=\"+Inf\"} %d\n".formatted(name, sum));
    text.append(String.format(Locale.ROOT, "%s_sum %.6f\n", name, firstNanos.get() * 1e-9));
    text.append("%s_count %d\n".formatted(name, sum));
  }
}
