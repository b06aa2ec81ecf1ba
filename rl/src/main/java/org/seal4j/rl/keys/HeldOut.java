package org.seal4j.rl.keys;

/** The two kinds of held-out contexts. */
public enum HeldOut {
  /** Looked at while choosing settings. */
  DEVELOPMENT,
  /** Looked at by complete runs only, for the figures that are published. */
  CONFIRMATION
}
