package org.seal4j.serve.access;

/** What a key allows. */
public enum Scope {
  /** To ask: answers, tokens, vectors, the list of models, figures. */
  ASK,
  /** To load adapters and to take them away. */
  LOAD
}
