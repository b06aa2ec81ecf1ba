package org.seal4j.serve.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;

/**
 * Listens for HTTP/1.1, with the server that comes with the JDK. A client that offers HTTP/2 on a
 * plain connection ({@code Upgrade: h2c}), as Java's own does, is answered in 1.1.
 */
public final class HttpPort implements AutoCloseable {
  private static final int BACKLOG = 128;

  /** Milliseconds between two looks at what is open. */
  private static final long GLANCE = 20;

  /** Seconds that an idle thread of a request is kept. */
  private static final long IDLE = 30;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Deadlines deadlines = new Deadlines();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong count = new AtomicLong();
  private final HttpLimits limits;
  private final String ids;
  private final Handler handler;
  private volatile boolean stopping;

  private HttpPort(HttpServer server, HttpLimits limits, String ids, Handler handler) {
    this.ids = ids;
    this.server = server;
    this.limits = limits;
    this.handler = handler;
    AtomicInteger thread = new AtomicInteger();
    // More threads than requests that are let in, so that those above are told so at once.
    int most = limits.connections() + 16;
    threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            body -> {
              Thread made = new Thread(body, "seal-serve-" + thread.getAndIncrement());
              made.setDaemon(true);
              return made;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Begins to listen.
   *
   * @param address port 0 takes a free one
   * @param secure for HTTPS; null for HTTP
   * @param ids what the names of requests begin with
   * @throws org.seal4j.data.check.InputException where the address is taken or not of this machine
   */
  public static HttpPort open(
      InetSocketAddress address,
      HttpLimits limits,
      @Nullable SSLContext secure,
      String ids,
      Handler handler) {
    JdkProperties.apply(limits);
    try {
      HttpServer server;
      if (secure == null) {
        server = HttpServer.create(address, BACKLOG);
      } else {
        HttpsServer https = HttpsServer.create(address, BACKLOG);
        https.setHttpsConfigurator(new HttpsConfigurator(secure));
        server = https;
      }
      HttpPort port = new HttpPort(server, limits, ids, handler);
      server.setExecutor(port.threads);
      server.createContext("/", port::handle);
      server.start();
      return port;
    } catch (IOException e) {
      throw Checks.refuse(
          "cannot listen on %s:%d: %s; name another port, or an address of this machine",
          address.getHostString(), address.getPort(), AtomicFile.reason(e));
    }
  }

  /** The port that it listens on. */
  public int number() {
    return server.getAddress().getPort();
  }

  /** Requests that are read or answered now. */
  public int open() {
    return open.get();
  }

  private void handle(HttpExchange exchange) {
    int now = open.incrementAndGet();
    Reply reply = new ExchangeReply(exchange, deadlines, limits.writeSeconds());
    try (exchange) {
      Call call = call(exchange);
      if (stopping) {
        reply.header("Connection", "close");
        refuse(ApiException.stopping(), call, reply);
      } else if (now > limits.connections()) {
        refuse(
            ApiException.unavailable("too many requests at once; try again later", 1), call, reply);
      } else if (headBytes(exchange) > limits.headerBytes()
          || headers(exchange) > HttpLimits.HEADERS) {
        refuse(
            ApiException.of(
                431,
                "the head has more than %,d bytes or %d headers; shorten it"
                    .formatted(limits.headerBytes(), HttpLimits.HEADERS)),
            call,
            reply);
      } else if (exchange.getRequestHeaders().getOrDefault("Host", List.of()).size() > 1) {
        // Whoever stands before the server may have gone by the other one.
        refuse(ApiException.badRequest("the request names several hosts"), call, reply);
      } else {
        handler.handle(call, reply);
      }
    } catch (ClientGoneException e) {
      // nobody is left to tell
    } finally {
      open.decrementAndGet();
    }
  }

  private static void refuse(ApiException refusal, Call call, Reply reply) {
    new Front(
            new Routes(),
            (asked, path) -> {
              throw refusal;
            },
            Silent.VISITS)
        .handle(call, reply);
  }

  private static int headers(HttpExchange exchange) {
    return exchange.getRequestHeaders().values().stream().mapToInt(List::size).sum();
  }

  /** Bytes of the line and the headers of a request, about. */
  private static long headBytes(HttpExchange exchange) {
    long bytes = exchange.getRequestURI().toString().length();
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      for (String value : header.getValue()) {
        bytes += header.getKey().length() + value.length() + 4L;
      }
    }
    return bytes;
  }

  private Call call(HttpExchange exchange) {
    Map<String, String> headers = new TreeMap<>();
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      if (!header.getValue().isEmpty()) {
        headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().get(0));
      }
    }
    return new Call(
        ids + "%06x".formatted(count.incrementAndGet()),
        exchange.getRequestMethod(),
        String.valueOf(exchange.getRequestURI().getPath()),
        headers,
        exchange.getRemoteAddress().getAddress().getHostAddress(),
        () -> ExchangeBody.read(exchange, deadlines, limits));
  }

  /**
   * Answers no new request, and waits for those that are being answered so many seconds at most.
   */
  public void drain(int seconds) {
    stopping = true;
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    boolean interrupted = false;
    while (open.get() > 0 && System.nanoTime() - until < 0 && !interrupted) {
      try {
        Thread.sleep(GLANCE);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes no new request, and ends those that are being answered. */
  @Override
  public void close() {
    stopping = true;
    server.stop(0); // with a number of seconds it waits for all of them where nothing is open
    threads.shutdownNow();
    deadlines.close();
  }
}
