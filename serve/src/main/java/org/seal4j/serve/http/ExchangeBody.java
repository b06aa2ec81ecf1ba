package org.seal4j.serve.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Reads the body of a request of the JDK's server, up to a limit. */
final class ExchangeBody {
  private ExchangeBody() {}

  static byte[] read(HttpExchange exchange, int most) {
    String said = exchange.getRequestHeaders().getFirst("Content-Length");
    if (said != null && (said.length() > 18 || Long.parseLong(said.trim()) > most)) {
      throw tooLarge(exchange, most);
    }
    try {
      byte[] body = exchange.getRequestBody().readNBytes(most + 1);
      if (body.length > most) {
        throw tooLarge(exchange, most);
      }
      return body;
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  private static ApiException tooLarge(HttpExchange exchange, int most) {
    exchange.getResponseHeaders().set("Connection", "close");
    return ApiException.of(
        413, ApiException.INVALID, "the body has more than %,d bytes; shorten it".formatted(most));
  }
}
