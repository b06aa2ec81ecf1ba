package org.seal4j.serve.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tokens that were read and written.
 *
 * @param read of the prompt
 * @param written of the answer, the one that ended it included
 */
public record Usage(int read, int written) {
  /** As answers have it. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("prompt_tokens", read);
    json.put("completion_tokens", written);
    json.put("total_tokens", read + written);
    return json;
  }
}
