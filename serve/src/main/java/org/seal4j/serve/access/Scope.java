package org.seal4j.serve.access;

/** What a key allows. */
public enum Scope {
  /** To ask: answers, tokens, vectors. */
  ASK,
  /** To load adapters and to take them away. */
  LOAD,
  /** To have adapters made of documents while the server runs. No address asks for it yet. */
  ADAPT,
  /** To put such adapters in effect. No address asks for it yet. */
  APPROVE
}
