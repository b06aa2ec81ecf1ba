package org.seal4j.data.text;

/** Turns one piece of text into ids. Immutable; safe to use from several threads. */
interface SubwordModel {
  /** Appends the ids of this piece, which is not empty. */
  void encode(String piece, IntList ids);
}
