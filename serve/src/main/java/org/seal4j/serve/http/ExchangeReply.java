package org.seal4j.serve.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** An answer through the JDK's server. */
final class ExchangeReply implements Reply {
  private final HttpExchange exchange;
  private final SlowWrites slow;
  private int status;

  ExchangeReply(HttpExchange exchange, SlowWrites slow) {
    this.exchange = exchange;
    this.slow = slow;
  }

  @Override
  public void header(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  @Override
  public void send(int code, String type, byte[] body) {
    header("Content-Type", type);
    slow.watch(
        exchange,
        () -> {
          boolean headOnly = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
          exchange.sendResponseHeaders(code, headOnly ? -1 : body.length);
          if (!headOnly) {
            exchange.getResponseBody().write(body);
          }
          exchange.getResponseBody().close();
        });
    status = code;
  }

  @Override
  public Pieces begin(int code, String type) {
    header("Content-Type", type);
    header("Cache-Control", "no-cache");
    status = code;
    slow.watch(exchange, () -> exchange.sendResponseHeaders(code, 0));
    OutputStream out = exchange.getResponseBody();
    return new Pieces() {
      @Override
      public void send(byte[] piece) {
        slow.watch(
            exchange,
            () -> {
              out.write(piece);
              out.flush();
            });
      }

      @Override
      public void end() {
        slow.watch(exchange, out::close);
      }
    };
  }

  @Override
  public int status() {
    return status;
  }

  /** What writes to a client. */
  interface Write {
    void run() throws IOException;
  }
}
