package org.seal4j.serve.http;

import org.seal4j.data.check.Checks;

/**
 * What a client may cost before it is answered.
 *
 * @param bodyBytes size in bytes of the longest body
 * @param headerBytes size in bytes of the longest head of a request, line and headers together
 * @param jsonDepth number of levels that a body nests, at most
 * @param connections number of requests that are read or answered at once; more are told to come
 *     back
 * @param readSeconds seconds within which a request must be there
 * @param writeSeconds seconds within which a piece of an answer must be taken
 * @param aliveSeconds seconds after which an answer that has nothing to say yet sends a blank,
 *     which shows whether the client is still there
 */
public record HttpLimits(
    int bodyBytes,
    int headerBytes,
    int jsonDepth,
    int connections,
    int readSeconds,
    int writeSeconds,
    double aliveSeconds) {
  /** Headers of a request, at most. */
  static final int HEADERS = 100;

  public HttpLimits {
    Checks.require(bodyBytes >= 1024, "bodyBytes must be at least 1024 but was %d", bodyBytes);
    Checks.require(
        headerBytes >= 1024, "headerBytes must be at least 1024 but was %d", headerBytes);
    Checks.require(
        jsonDepth >= 8 && jsonDepth <= 500,
        "jsonDepth must be between 8 and 500 but was %d",
        jsonDepth);
    Checks.require(
        connections >= 1 && connections <= 4096,
        "connections must be between 1 and 4096 but was %d",
        connections);
    Checks.require(readSeconds >= 1, "readSeconds must be at least 1 but was %d", readSeconds);
    Checks.require(writeSeconds >= 1, "writeSeconds must be at least 1 but was %d", writeSeconds);
    Checks.require(
        aliveSeconds >= 0.01 && aliveSeconds <= 3600,
        "aliveSeconds must be between 0.01 and 3600 but was %s",
        aliveSeconds);
  }

  /** For bodies of 4 MiB and 256 requests at once. */
  public static HttpLimits defaults() {
    return new HttpLimits(4 << 20, 64 << 10, 64, 256, 30, 30, 2);
  }
}
