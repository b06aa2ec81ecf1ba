package org.seal4j.serve.answer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.json.Json;
import org.seal4j.serve.http.ApiException;
import org.seal4j.serve.http.Reply;

/**
 * A whole answer in JSON that may be long in coming. Empty lines go before it, which JSON allows:
 * they show whether its reader is still there, and keep proxies from giving up. One that is there
 * soon is sent as any other.
 */
final class SlowBody {
  private static final String JSON = "application/json";
  private static final byte[] EMPTY_LINE = {'\n'};

  private final Reply reply;
  private final long between;
  private long last = System.nanoTime();
  private Reply.@Nullable Pieces begun;

  /**
   * @param between two empty lines
   */
  SlowBody(Reply reply, Duration between) {
    this.reply = reply;
    this.between = between.toNanos();
  }

  /**
   * To be called often until it is there.
   *
   * @throws org.seal4j.serve.http.ClientGoneException where nobody waits for it any more
   */
  void stillComing() {
    if (System.nanoTime() - last < between) {
      return;
    }
    if (begun == null) {
      begun = reply.begin(200, JSON);
    }
    begun.send(EMPTY_LINE);
    last = System.nanoTime();
  }

  /** It is there. */
  void send(Map<String, @Nullable Object> json) {
    byte[] body = bytes(json);
    if (begun == null) {
      reply.send(200, JSON, body);
    } else {
      begun.send(body);
      begun.end();
    }
  }

  /** It will not come: where it has begun, its reader is told why, before it is cut. */
  void refuse(ApiException refusal) {
    if (begun != null) {
      begun.send(bytes(refusal.body()));
    }
  }

  private static byte[] bytes(Map<String, ? extends @Nullable Object> json) {
    return Json.line(json).getBytes(StandardCharsets.UTF_8);
  }
}
