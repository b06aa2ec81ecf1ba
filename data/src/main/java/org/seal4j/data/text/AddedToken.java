package org.seal4j.data.text;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A token that stands beside the model's vocabulary and is looked for in the text before anything
 * else.
 *
 * @param id its id
 * @param content its spelling
 * @param singleWord only where no letter or digit stands beside it
 * @param leftStrip takes the white space before it along
 * @param rightStrip takes the white space after it along
 * @param normalized looked for in its normalized spelling, in normalized text
 * @param special left out of decoded text
 */
record AddedToken(
    int id,
    String content,
    boolean singleWord,
    boolean leftStrip,
    boolean rightStrip,
    boolean normalized,
    boolean special) {

  /** Writes it as {@code tokenizer.json} spells it. */
  void writeTo(ObjectNode token) {
    token.put("id", id).put("content", content);
    token.put("single_word", singleWord).put("lstrip", leftStrip).put("rstrip", rightStrip);
    token.put("normalized", normalized).put("special", special);
  }

  /** A special token that is looked for as it stands. */
  static AddedToken special(int id, String content) {
    return new AddedToken(id, content, false, false, false, false, true);
  }
}
