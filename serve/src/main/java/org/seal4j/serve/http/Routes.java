package org.seal4j.serve.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seal4j.data.check.Shown;

/** Who answers what: a handler for each path and method. */
public final class Routes {
  /** Stands for one part of a path, at its end. */
  private static final String ANY = "/*";

  private final Map<String, Map<String, Handler>> handlers = new LinkedHashMap<>();

  /**
   * Adds one.
   *
   * @param path whole, or with {@code /*} at its end for any one part
   */
  public Routes on(String method, String path, Handler handler) {
    handlers.computeIfAbsent(path, any -> new TreeMap<>()).put(method, handler);
    return this;
  }

  /** The path that a request is for, as it was added; empty where there is none. */
  public Optional<String> path(String asked) {
    if (handlers.containsKey(asked)) {
      return Optional.of(asked);
    }
    int slash = asked.lastIndexOf('/');
    String above = slash < 0 ? "" : asked.substring(0, slash) + ANY;
    boolean named = slash < asked.length() - 1;
    return named && handlers.containsKey(above) ? Optional.of(above) : Optional.empty();
  }

  /**
   * Who answers.
   *
   * @throws ApiException 404 where the path is unknown, 405 where the method is
   */
  Handler find(Call call, Reply reply) {
    String path =
        path(call.path())
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "there is nothing at %s; GET / shows a page, and /v1/models the models"
                            .formatted(Shown.text(call.path()))));
    Map<String, Handler> methods = handlers.getOrDefault(path, Map.of());
    // HEAD is GET without the body, which is left out where an answer is sent.
    Handler handler = methods.get(call.method().equals("HEAD") ? "GET" : call.method());
    if (handler == null) {
      reply.header("Allow", String.join(", ", methods.keySet()));
      throw ApiException.of(
          405,
          "%s is asked for with %s, not with %s"
              .formatted(path, String.join(" or ", methods.keySet()), Shown.text(call.method())));
    }
    return handler;
  }
}
