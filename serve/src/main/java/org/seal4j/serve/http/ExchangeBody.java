package org.seal4j.serve.http;

import com.sun.net.httpserver.HttpExchange;

/** Reads the body of a request of the JDK's server, up to a limit. */
final class ExchangeBody {
  private ExchangeBody() {}

  static byte[] read(HttpExchange exchange, Deadlines deadlines, HttpLimits limits) {
    int most = limits.bodyBytes();
    String said = exchange.getRequestHeaders().getFirst("Content-Length");
    if (said != null && (said.length() > 18 || Long.parseLong(said.trim()) > most)) {
      throw tooLarge(exchange, most);
    }
    byte[][] body = new byte[1][];
    deadlines.within(
        limits.readSeconds(), () -> body[0] = exchange.getRequestBody().readNBytes(most + 1));
    if (body[0].length > most) {
      throw tooLarge(exchange, most);
    }
    return body[0];
  }

  private static ApiException tooLarge(HttpExchange exchange, int most) {
    exchange.getResponseHeaders().set("Connection", "close");
    return ApiException.of(413, "the body has more than %,d bytes; shorten it".formatted(most));
  }
}
