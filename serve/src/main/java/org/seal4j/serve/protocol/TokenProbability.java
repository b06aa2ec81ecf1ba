package org.seal4j.serve.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One token of an answer with its log-probability.
 *
 * @param text as it is written alone
 * @param logProbability under the model, without temperature and penalties
 * @param likeliest what else the model held for likely there
 */
public record TokenProbability(
    String text, double logProbability, List<TokenProbability> likeliest) {
  /** What stands for the logarithm of 0, which JSON has no number for. */
  private static final double LEAST = -9999;

  public TokenProbability {
    likeliest = List.copyOf(likeliest);
  }

  private double shown() {
    return Math.max(LEAST, logProbability);
  }

  private Map<String, Object> alone() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("token", text);
    json.put("logprob", shown());
    List<Integer> bytes = new ArrayList<>();
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      bytes.add(one & 0xff);
    }
    json.put("bytes", bytes);
    return json;
  }

  /** As chats have it. */
  Map<String, Object> inChat() {
    Map<String, Object> json = alone();
    json.put("top_logprobs", likeliest.stream().map(TokenProbability::alone).toList());
    return json;
  }

  /** Several as {@code /v1/completions} has them. */
  static Map<String, Object> inCompletion(List<TokenProbability> tokens, int offset) {
    List<Integer> offsets = new ArrayList<>();
    List<Map<String, Double>> likeliest = new ArrayList<>();
    int at = offset;
    for (TokenProbability token : tokens) {
      offsets.add(at);
      at += token.text.length();
      Map<String, Double> top = new LinkedHashMap<>();
      token.likeliest.forEach(one -> top.putIfAbsent(one.text, one.shown()));
      likeliest.add(top);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("tokens", tokens.stream().map(TokenProbability::text).toList());
    json.put("token_logprobs", tokens.stream().map(TokenProbability::shown).toList());
    json.put("top_logprobs", likeliest);
    json.put("text_offset", offsets);
    return json;
  }
}
