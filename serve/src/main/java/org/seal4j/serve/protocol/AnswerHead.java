package org.seal4j.serve.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every answer and every piece of it begins with.
 *
 * @param prefix of the answer's id, by its kind
 * @param request name of the request, the rest of the id
 * @param created second since 1970
 * @param model that wrote it, adapters with their hashes
 * @param fingerprint of the weights
 */
public record AnswerHead(
    String prefix, String request, long created, String model, String fingerprint) {
  Map<String, @Nullable Object> json(String object) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", prefix + request);
    json.put("object", object);
    json.put("created", created);
    json.put("model", model);
    json.put("system_fingerprint", fingerprint);
    return json;
  }
}
