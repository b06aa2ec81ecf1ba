package org.seal4j.data.text;

import java.util.OptionalInt;

/** Turns text into token ids and back. Immutable; safe to use from several threads. */
public interface Tokenizer {
  /** The ids of this text. Neither {@link #bos()} nor {@link #eos()} is added. */
  int[] encode(String text);

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
