package org.seal4j.serve.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** An answer through the JDK's server. */
final class ExchangeReply implements Reply {
  private final HttpExchange exchange;
  private final Deadlines deadlines;
  private final int seconds;
  private int status;

  /**
   * @param seconds within which a piece of it must be taken
   */
  ExchangeReply(HttpExchange exchange, Deadlines deadlines, int seconds) {
    this.exchange = exchange;
    this.deadlines = deadlines;
    this.seconds = seconds;
  }

  @Override
  public void header(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  @Override
  public void send(int code, String type, byte[] body) {
    header("Content-Type", type);
    deadlines.within(
        seconds,
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
    deadlines.within(seconds, () -> exchange.sendResponseHeaders(code, 0));
    OutputStream out = exchange.getResponseBody();
    return new Pieces() {
      @Override
      public void send(byte[] piece) {
        deadlines.within(
            seconds,
            () -> {
              out.write(piece);
              out.flush();
            });
      }

      @Override
      public void end() {
        deadlines.within(seconds, out::close);
      }
    };
  }

  @Override
  public void cut() {
    // The JDK's server would end the answer as if it were whole: it must not be able to write.
    Thread.currentThread().interrupt();
    try {
      exchange.getResponseBody().write('\n');
      exchange.getResponseBody().flush();
    } catch (IOException e) {
      // closed, as it should be: a channel whose thread is interrupted is
    } finally {
      Thread.interrupted();
    }
  }

  @Override
  public int status() {
    return status;
  }
}
