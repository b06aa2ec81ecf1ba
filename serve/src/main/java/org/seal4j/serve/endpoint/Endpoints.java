package org.seal4j.serve.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.serving.DecodingState;
import org.seal4j.serve.access.AccessGate;
import org.seal4j.serve.http.ApiException;
import org.seal4j.serve.http.Call;
import org.seal4j.serve.http.Handler;
import org.seal4j.serve.http.HttpLimits;
import org.seal4j.serve.http.JsonBody;
import org.seal4j.serve.http.Reply;
import org.seal4j.serve.http.Routes;
import org.seal4j.serve.job.Jobs;

/** All addresses of the server. While the model is read, what needs it is answered with 503. */
public final class Endpoints implements AutoCloseable {
  private static final int LOADING_SECONDS = 2;

  private final AccessGate gate;
  private final Metrics metrics;
  private final HttpLimits limits;
  private final Jobs jobs = new Jobs();
  private final JobEndpoints shown;
  private final AtomicReference<@Nullable Ready> ready = new AtomicReference<>();

  /** What answers, once the model is there. */
  private record Ready(
      ServedModel served,
      AnswerEndpoints answers,
      ModelEndpoints models,
      AdapterEndpoints adapters,
      TokenEndpoints tokens,
      Embedder embedder) {}

  /** Answers a request with a body. */
  private interface BodyHandler {
    void handle(Ready ready, Call call, Reply reply, JsonNode body);
  }

  public Endpoints(AccessGate gate, Metrics metrics, HttpLimits limits) {
    this.gate = gate;
    this.metrics = metrics;
    this.limits = limits;
    shown = new JobEndpoints(jobs, gate);
  }

  /** From now on questions are answered. */
  public void open(ServedModel served) {
    Embedder embedder = new Embedder(served.model());
    ready.set(
        new Ready(
            served,
            new AnswerEndpoints(
                served,
                gate,
                metrics,
                jobs,
                Duration.ofMillis(Math.round(1000 * limits.aliveSeconds()))),
            new ModelEndpoints(served),
            new AdapterEndpoints(served, gate, jobs),
            new TokenEndpoints(served, embedder),
            embedder));
  }

  /** Where everything is. */
  public Routes routes() {
    return new Routes()
        .on("GET", "/", page("page.html", "text/html; charset=utf-8"))
        .on("GET", "/openapi.json", page("openapi.json", "application/json"))
        .on("GET", "/health", this::health)
        .on("GET", "/metrics", this::metrics)
        .on("GET", "/v1/models", whenReady((ready, call) -> ready.models::list))
        .on("GET", "/v1/models/*", whenReady((ready, call) -> ready.models::one))
        .on("GET", "/v1/jobs", shown::list)
        .on("DELETE", "/v1/jobs/*", shown::end)
        .on("POST", "/v1/chat/completions", body((r, c, a, j) -> r.answers.chat(c, a, j)))
        .on("POST", "/v1/completions", body((r, c, a, j) -> r.answers.text(c, a, j)))
        .on("POST", "/v1/embeddings", body((r, c, a, j) -> r.tokens.embed(c, a, j)))
        .on("POST", "/tokenize", body((r, c, a, j) -> r.tokens.tokenize(c, a, j)))
        .on("POST", "/detokenize", body((r, c, a, j) -> r.tokens.detokenize(c, a, j)))
        .on("POST", "/v1/load_lora_adapter", body((r, c, a, j) -> r.adapters.load(c, a, j)))
        .on("POST", "/v1/unload_lora_adapter", body((r, c, a, j) -> r.adapters.unload(c, a, j)));
  }

  /** Chooses who answers. */
  private interface Choice {
    Handler of(Ready ready, Call call);
  }

  private Handler whenReady(Choice choice) {
    return (call, reply) -> choice.of(requireReady(), call).handle(call, reply);
  }

  private Handler body(BodyHandler handler) {
    return (call, reply) -> {
      Ready now = requireReady();
      handler.handle(now, call, reply, JsonBody.of(call, limits.jsonDepth()));
    };
  }

  private Ready requireReady() {
    Ready now = ready.get();
    if (now == null) {
      throw ApiException.unavailable("the model is being loaded", LOADING_SECONDS);
    }
    return now;
  }

  private void health(Call call, Reply reply) {
    requireReady();
    Json200.send(reply, Map.of("status", "ok"));
  }

  private void metrics(Call call, Reply reply) {
    Map<String, Long> now = new LinkedHashMap<>();
    Map<String, Long> sums = new LinkedHashMap<>();
    Ready there = ready.get();
    now.put("seal_ready", there == null ? 0L : 1L);
    if (there != null) {
      DecodingState state = there.served.engine().state();
      now.put("seal_requests_running", (long) state.running());
      now.put("seal_requests_waiting", (long) state.waiting());
      sums.put("seal_requests_cancelled_total", state.cancelled());
      sums.put("seal_tokens_read_total", state.tokensRead());
      sums.put("seal_tokens_reused_total", state.tokensReused());
      sums.put("seal_tokens_written_total", state.tokensWritten());
      now.put("seal_prefix_bytes", state.prefixBytes());
      now.put("seal_adapters_ready", (long) state.adapters());
      sums.put("seal_adapter_swaps_total", state.swaps());
      now.put("seal_adapters_in_memory", (long) there.served.shelf().inMemory());
      now.put("seal_adapters_named", (long) there.served.shelf().versions().size());
      sums.put("seal_adapter_loads_total", there.served.shelf().loads());
    }
    Json200.text(reply, "text/plain; version=0.0.4; charset=utf-8", metrics.text(now, sums));
  }

  private static Handler page(String name, String type) {
    byte[] bytes;
    try (InputStream in = Endpoints.class.getResourceAsStream(name)) {
      bytes = Checks.present(in, "the program lacks its file %s", name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (call, reply) -> {
      reply.header(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
              + " connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'");
      reply.send(200, type, bytes);
    };
  }

  @Override
  public void close() {
    Ready there = ready.getAndSet(null);
    if (there != null) {
      there.embedder.close();
    }
  }
}
