package org.seal4j.data.text;

import java.util.OptionalInt;

/** Turns text into token ids and back. Immutable; safe to use from several threads. */
public interface Tokenizer {
  /**
   * The ids of this text. Neither {@link #bos()} nor {@link #eos()} is added; special tokens that
   * the text spells become their ids if the tokenizer looks for them ({@link #ignoringSpecials}
   * does not).
   */
  int[] encode(String text);

  /**
   * The same tokenizer, to which special tokens spelled in a text are ordinary text: for passages
   * and answers, which must not end a sequence by naming its end.
   */
  default Tokenizer ignoringSpecials() {
    return this;
  }

  /** The text of these ids; special tokens are left out. */
  String decode(int[] ids);

  /** One more than the largest id. */
  int vocabSize();

  /** The id of this token as the vocabulary spells it. */
  OptionalInt id(String token);

  /** The token that a sequence starts with, if the model was trained with one. */
  OptionalInt bos();

  /** The token that ends a text. */
  OptionalInt eos();
}
