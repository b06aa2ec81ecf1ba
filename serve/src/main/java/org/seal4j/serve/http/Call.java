package org.seal4j.serve.http;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One request.
 *
 * @param id by which answer, log and client name it
 * @param method such as {@code GET}
 * @param path without a query, as it was decoded
 * @param headers the first value of each, by its name in lower case
 * @param remote address of the other side
 * @param body reads all of it, once
 */
public record Call(
    String id,
    String method,
    String path,
    Map<String, String> headers,
    String remote,
    Supplier<byte[]> body) {
  /** A header by its name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** What stands behind the last slash of the path. */
  public String last() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
