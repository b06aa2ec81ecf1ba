package org.seal4j.serve;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.serving.BatchedDecoding;
import org.seal4j.lora.serving.DecodingService;
import org.seal4j.lora.text.TextModel;
import org.seal4j.serve.access.AccessGate;
import org.seal4j.serve.adapter.AdapterShelf;
import org.seal4j.serve.answer.Answering;
import org.seal4j.serve.endpoint.Endpoints;
import org.seal4j.serve.endpoint.Metrics;
import org.seal4j.serve.endpoint.ServedModel;
import org.seal4j.serve.http.Front;
import org.seal4j.serve.http.HttpPort;

/**
 * One model and many adapters behind an address.
 *
 * <pre>{@code
 * try (Server server = Server.listen(ServeKeys.local(8080), side)) {
 *   server.open("smollm2", () -> TextModel.open(path, null, null), adapters);
 *   server.awaitStop();
 * }
 * }</pre>
 *
 * <p>It listens at once and says 503 until the model is read, so that what watches it sees the
 * truth. Closing it takes no new request, waits for those that are being answered, and frees all.
 */
public final class Server implements AutoCloseable {
  /** Seconds that answers have to say that they end before their time. */
  private static final int LAST_WORDS = 3;

  private final ServeKeys keys;
  private final ServerSide side;
  private final Endpoints endpoints;
  private final HttpPort port;
  private final Object lock = new Object();
  private @Nullable Opened opened;
  private List<String> models = List.of();
  private boolean stopping;
  private boolean stopped;

  /** What is freed at the end. */
  private record Opened(TextModel model, AdapterShelf shelf, DecodingService engine) {}

  private Server(ServeKeys keys, ServerSide side) {
    this.keys = keys;
    this.side = side;
    InetSocketAddress address = new InetSocketAddress(keys.listen().host(), keys.listen().port());
    Checks.require(!address.isUnresolved(), "there is no host called %s", keys.listen().host());
    Checks.require(
        address.getAddress().isLoopbackAddress() || !keys.keys().isEmpty(),
        "%s can be reached from other machines, and there are no keys, so that anybody there could"
            + " load adapters; add keys, or listen on 127.0.0.1",
        keys.listen().host());
    Metrics metrics = new Metrics();
    AccessGate gate = new AccessGate(keys.keys(), keys.listen().hosts(), System::nanoTime);
    endpoints = new Endpoints(gate, metrics, keys.http());
    port =
        HttpPort.open(
            address,
            keys.http(),
            keys.tls() == null
                ? null
                : keys.tls().open(side.environment().apply(keys.tls().passwordVariable())),
            "%x-".formatted(side.seconds().getAsLong()),
            new Front(endpoints.routes(), gate, new VisitLog(side.log(), gate, metrics)));
  }

  /** Begins to listen; nothing is answered yet. */
  public static Server listen(ServeKeys keys, ServerSide side) {
    return new Server(keys, side);
  }

  /**
   * Reads the model and its adapters, and answers from then on.
   *
   * @param name that clients call the model by
   * @param reads the model, which is closed with this
   * @param adapters their folder; null where none are served
   */
  public void open(String name, Supplier<TextModel> reads, @Nullable Path adapters) {
    TextModel model = reads.get();
    try {
      AdapterShelf shelf =
          new AdapterShelf(model, name, adapters, keys.adapters(), side.notices()::line);
      DecodingService engine = BatchedDecoding.open(model, keys.decoding());
      synchronized (lock) {
        opened = new Opened(model, shelf, engine);
        List<String> names = new ArrayList<>(List.of(name));
        shelf.versions().forEach(version -> names.add(version.name()));
        models = List.copyOf(names);
      }
      Answering answering =
          new Answering(
              model,
              engine,
              keys.answers().usual(),
              keys.answers().longest(),
              Seeds.of(keys.answers().seed()));
      long now = side.seconds().getAsLong();
      endpoints.open(new ServedModel(name, model, shelf, engine, answering, side.seconds(), now));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** What clients may name as their model: the model itself, then its adapters. */
  public List<String> models() {
    synchronized (lock) {
      return models;
    }
  }

  /** How many requests are read or answered now. */
  public int answering() {
    return port.open();
  }

  /** Where it is reached. */
  public String address() {
    String host = keys.listen().host();
    return "%s://%s:%d"
        .formatted(
            keys.tls() == null ? "http" : "https",
            host.contains(":") ? "[" + host + "]" : host,
            port.number());
  }

  /** Waits until another thread closes it. */
  public void awaitStop() {
    synchronized (lock) {
      try {
        while (!stopped) {
          lock.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends: requests that are being answered have so many seconds to be over. */
  public void stop(int seconds) {
    Opened all;
    synchronized (lock) {
      if (stopping) {
        return;
      }
      stopping = true;
      all = opened;
      opened = null;
    }
    port.drain(seconds);
    if (all != null) {
      all.engine.close(); // answers that have not ended say so to their readers
    }
    port.drain(LAST_WORDS);
    port.close();
    endpoints.close();
    if (all != null) {
      all.shelf.close();
      all.model.close();
    }
    synchronized (lock) {
      stopped = true;
      lock.notifyAll();
    }
  }

  @Override
  public void close() {
    stop(0);
  }
}
