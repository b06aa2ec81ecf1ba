package org.seal4j.scripts.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.lora.text.Completion;
import org.seal4j.model.generate.ChosenToken;

/**
 * How likely each token of an answer was, as JSON has it: {@code token}, {@code text}, {@code
 * logProb} under the model alone, and {@code likeliest}, the likeliest tokens at the place.
 */
final class TokenLikelihoods {
  private TokenLikelihoods() {}

  static List<Map<String, Object>> of(Completion made, Tokenizer tokenizer) {
    return made.chosen().stream().map(token -> fields(token, tokenizer)).toList();
  }

  private static Map<String, Object> fields(ChosenToken token, Tokenizer tokenizer) {
    Map<String, Object> fields = fields(token.id(), token.modelLogProb(), tokenizer);
    fields.put(
        "likeliest",
        token.likeliest().stream()
            .map(share -> fields(share.id(), share.logProb(), tokenizer))
            .toList());
    return fields;
  }

  /**
   * A probability that float32 cannot hold has no logarithm: null, since JSON knows no infinity.
   */
  private static Map<String, Object> fields(int id, double logProb, Tokenizer tokenizer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("token", id);
    fields.put("text", tokenizer.decode(new int[] {id}));
    fields.put("logProb", Double.isFinite(logProb) ? logProb : null);
    return fields;
  }
}
