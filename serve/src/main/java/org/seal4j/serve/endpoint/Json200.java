package org.seal4j.serve.endpoint;

import java.nio.charset.StandardCharsets;
import org.seal4j.data.json.Json;
import org.seal4j.serve.http.Reply;

/** Answers that are done. */
final class Json200 {
  private Json200() {}

  static void send(Reply reply, Object json) {
    reply.send(200, "application/json", Json.line(json).getBytes(StandardCharsets.UTF_8));
  }

  static void text(Reply reply, String type, String text) {
    reply.send(200, type, text.getBytes(StandardCharsets.UTF_8));
  }
}
