package org.seal4j.rl.grid;

/** Which tokens of a training sequence carry loss in the inner loop (docs/seal.md §3.2). */
public enum Strategy {
  /** Every token of the sequence. */
  ALL_TOKENS("train_using_all_tokens", "all"),
  /** The output grids only. */
  OUTPUT_TOKENS("train_using_output_tokens", "output");

  private final String wireName;
  private final String symbol;

  Strategy(String wireName, String symbol) {
    this.wireName = wireName;
    this.symbol = symbol;
  }

  /** The value in JSON. */
  public String wireName() {
    return wireName;
  }

  /** The short name inside a configuration symbol. */
  String symbol() {
    return symbol;
  }
}
