package org.seal4j.data.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer of a {@link HubServer}, right or wrong. */
public final class HubAnswer {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

  private final HttpExchange exchange;
  private final HubServer.Request request;

  HubAnswer(HttpExchange exchange, HubServer.Request request) {
    this.exchange = exchange;
    this.request = request;
  }

  boolean isHead() {
    return request.method().equals("HEAD");
  }

  /** Sets a header. */
  public void header(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  /** Leads elsewhere. */
  public void redirect(int status, String location) throws IOException {
    header("Location", location);
    exchange.sendResponseHeaders(status, -1);
  }

  /**
   * Refuses.
   *
   * @param code for the header {@code X-Error-Code}; empty for none
   */
  public void refuse(int status, String code) throws IOException {
    if (!code.isEmpty()) {
      header("X-Error-Code", code);
    }
    exchange.sendResponseHeaders(status, -1);
  }

  /** Sends JSON. */
  public void json(JsonNode value) throws IOException {
    text("application/json; charset=utf-8", value.toString());
  }

  /** Sends text of a type. */
  public void text(String type, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    header("Content-Type", type);
    if (isHead()) {
      header("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Sends a file, or the part of it that was asked for. */
  public void file(byte[] bytes) throws IOException {
    part(bytes, Integer.MAX_VALUE);
  }

  /**
   * The same, and breaks off.
   *
   * @param most bytes that are sent
   */
  void part(byte[] bytes, int most) throws IOException {
    header("Accept-Ranges", "bytes");
    Matcher range = RANGE.matcher(request.range());
    int from = range.matches() ? Integer.parseInt(range.group(1)) : 0;
    if (from > 0 && from >= bytes.length) {
      refuse(416, "");
      return;
    }
    if (from > 0) {
      header("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
    }
    if (isHead()) {
      header("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    byte[] wanted = Arrays.copyOfRange(bytes, from, bytes.length);
    int sent = Math.min(most, wanted.length);
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, wanted.length == 0 ? -1 : wanted.length);
    OutputStream out = exchange.getResponseBody();
    out.write(wanted, 0, sent);
    out.flush();
    request.sent().addAndGet(sent);
  }
}
