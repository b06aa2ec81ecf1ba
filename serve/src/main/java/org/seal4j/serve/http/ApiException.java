package org.seal4j.serve.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused, in the form that clients of OpenAI read: {@code {"error": {"message",
 * "type", "param", "code"}}}.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String param;
  private final @Nullable String code;
  private final int retryAfter;

  private ApiException(
      int status, String message, @Nullable String param, @Nullable String code, int retryAfter) {
    super(message);
    this.status = status;
    this.param = param;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** A refusal of this status. */
  public static ApiException of(int status, String message) {
    return new ApiException(status, message, null, null, 0);
  }

  /**
   * A field that is wrong.
   *
   * @param param its name
   */
  public static ApiException badField(String param, String message) {
    return new ApiException(400, message, param, null, 0);
  }

  /** A body or a header that is wrong. */
  public static ApiException badRequest(String message) {
    return of(400, message);
  }

  /** There is no such thing. */
  public static ApiException notFound(String message) {
    return of(404, message);
  }

  /** Too much at once; it may work later. */
  public static ApiException busy(String message, int seconds) {
    return new ApiException(429, message, null, "rate_limit_exceeded", seconds);
  }

  /** Not now; it will work later. */
  public static ApiException unavailable(String message, int seconds) {
    return new ApiException(503, message, null, null, seconds);
  }

  /**
   * A fault of the server.
   *
   * @param request its name, under which the log has more
   */
  public static ApiException fault(String request) {
    return of(
        500, "a fault of the server; its log has more under the request %s".formatted(request));
  }

  /** The server ends. */
  public static ApiException stopping() {
    return unavailable("the server is stopping", 5);
  }

  /** The same with a word that programs tell it by. */
  public ApiException withCode(String word) {
    return new ApiException(status, message(), param, word, retryAfter);
  }

  /** The same with the field that it is about. */
  public ApiException withParam(String field) {
    return new ApiException(status, message(), field, code, retryAfter);
  }

  public int status() {
    return status;
  }

  /** One sentence for the user of the client. */
  public String message() {
    return String.valueOf(getMessage());
  }

  /** Seconds after which it may be tried again; 0 where that is of no use. */
  public int retryAfter() {
    return retryAfter;
  }

  /** The word of OpenAI's services for errors of this status. */
  private String type() {
    return switch (status) {
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      case 503 -> "unavailable_error";
      default -> status >= 500 ? "server_error" : "invalid_request_error";
    };
  }

  /** The body. */
  public Map<String, Object> body() {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("message", message());
    error.put("type", type());
    error.put("param", param);
    error.put("code", code);
    return Map.of("error", error);
  }
}
