package org.seal4j.serve;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.seal4j.data.seed.Rng;

/** Requests of all addresses, most of them spoiled: in the line, the headers, or the body. */
final class SpoiledRequests {
  /** Those with a body first, in the order of the bodies. */
  private static final List<String> PATHS =
      List.of(
          "/v1/chat/completions",
          "/v1/completions",
          "/v1/embeddings",
          "/tokenize",
          "/detokenize",
          "/v1/load_lora_adapter",
          "/v1/unload_lora_adapter",
          "/v1/models",
          "/v1/models/small",
          "/health",
          "/metrics",
          "/openapi.json",
          "/");

  private static final List<String> METHODS =
      List.of("GET", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "post", "P\u00d6ST", "");

  private static final List<String> BODIES =
      List.of(
          "{'model':'small','messages':[{'role':'user','content':'To be?'}],'max_tokens':2,"
              + "'temperature':0.5,'stop':['x'],'seed':3,'logprobs':true,'top_logprobs':2,"
              + "'stream_options':{'include_usage':true},'stream':true}",
          "{'model':'law*0.5','prompt':[1,2,3],'max_tokens':3,'top_p':0.5,'top_k':4,'min_p':0.1,"
              + "'presence_penalty':1,'frequency_penalty':1,'repetition_penalty':1.2,'stop':'be',"
              + "'stop_token_ids':[3],'logprobs':1}",
          "{'model':'small','input':['To be','or not'],'encoding_format':'base64'}",
          "{'prompt':'To be','add_special_tokens':false}",
          "{'tokens':[1,2,3,400]}",
          "{'lora_name':'tax','lora_path':'law','load_inplace':true,'pinned':false}",
          "{'lora_name':'tax'}");

  /** What is put in the place of a value. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "1e999",
          "-1e-999",
          "0.1e1000000000",
          "9223372036854775808",
          "2147483648",
          "9".repeat(1500),
          "''",
          "'\\u0000'",
          "'\\ud800'",
          "'law@00000000'",
          "'law*1e300'",
          "'law+law+law'",
          "'..\\/..\\/etc'",
          "'\\u202e\\r\\n'",
          "[[[[[[[[]]]]]]]]",
          "{'a':{}}",
          "[" + "0,".repeat(2000) + "0]",
          "[".repeat(300) + "]".repeat(300),
          "'" + "a".repeat(5000) + "'",
          "NaN");

  private static final List<String> HEADERS =
      List.of(
          "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
          "Upgrade: websocket\r\n",
          "Expect: 100-continue\r\n",
          "Expect: the unexpected\r\n",
          "Authorization: Bearer \u00ff\r\n",
          "Authorization: Basic\r\n",
          "Content-Type: text/plain\r\n",
          "Host: evil.example\r\n",
          "Host: \r\n",
          "Transfer-Encoding: gzip\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Content-Length: -4\r\n",
          "Content-Length: 99999999999999999999\r\n",
          "Accept-Encoding: gzip, br\r\n",
          "X-Request-Id: \u0001\u007f\r\n",
          "X: " + "y".repeat(70_000) + "\r\n",
          "a:b\r\n".repeat(150),
          ": nothing\r\n",
          "no colon\r\n",
          " folded\r\n");

  private final Rng rng;

  SpoiledRequests(Rng rng) {
    this.rng = rng;
  }

  /** One request, behind which the connection is to be closed. */
  byte[] next() {
    int kind = rng.nextInt(BODIES.size());
    byte[] body = spoiledBytes(spoiledValue(BODIES.get(kind)).replace('\'', '"'));
    String path =
        switch (rng.nextInt(8)) {
          case 0 -> spoiledPath();
          case 1 -> rng.pick(PATHS);
          default -> PATHS.get(kind);
        };
    String method = rng.nextInt(8) == 0 ? rng.pick(METHODS) : rng.nextInt(6) == 0 ? "GET" : "POST";
    String version = rng.nextInt(12) == 0 ? rng.pick(List.of("1.0", "2.0", "0.9", "x")) : "1.1";
    String header = rng.nextInt(4) == 0 ? rng.pick(HEADERS) : "";
    String head =
        "%s %s HTTP/%s\r\nHost: localhost\r\nContent-Type: application/json\r\n%s"
                .formatted(method, path, version, header)
            + "Content-Length: %d\r\nConnection: close\r\n\r\n".formatted(body.length);
    byte[] one = joined(head.getBytes(StandardCharsets.ISO_8859_1), body);
    if (rng.nextInt(12) != 0) {
      return one;
    }
    // Two in one go, the first of which leaves the connection open.
    byte[] first =
        new String(one, StandardCharsets.ISO_8859_1)
            .replace("Connection: close\r\n\r\n", "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    return joined(first, one);
  }

  private String spoiledPath() {
    String path = rng.pick(PATHS);
    return switch (rng.nextInt(8)) {
      case 0 -> path + "/%00%0d%0a";
      case 1 -> path + "?" + "q=%zz&".repeat(3);
      case 2 -> "/v1/models/law@" + "f".repeat(rng.nextInt(70));
      case 3 -> "/v1/models/" + "%ed%a0%80";
      case 4 -> "/" + "x/".repeat(4000);
      case 5 -> path.replace("/", "//");
      case 6 -> "http://evil.example" + path;
      default -> path.substring(0, rng.nextInt(path.length())) + "\u00e9\u0007";
    };
  }

  /** Puts something else in the place of one value. */
  private String spoiledValue(String body) {
    if (rng.nextInt(3) == 0) {
      return body;
    }
    int at = body.indexOf(':', rng.nextInt(body.length()));
    int end = at < 0 ? -1 : body.indexOf(rng.nextBoolean() ? ',' : '}', at);
    return end < 0 ? body : body.substring(0, at + 1) + rng.pick(VALUES) + body.substring(end);
  }

  private byte[] spoiledBytes(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (rng.nextInt(3) != 0) {
      return bytes;
    }
    for (int k = rng.nextInt(4); k >= 0; k--) {
      bytes[rng.nextInt(bytes.length)] = (byte) rng.nextInt(256);
    }
    return rng.nextInt(3) == 0 ? Arrays.copyOf(bytes, rng.nextInt(bytes.length)) : bytes;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
