package org.seal4j.rl.study;

/** Why a question that a model wrote is not used. */
public enum Rejection {
  BROKEN("another model's reply could not be read there"),
  NO_QUESTION("it does not end with a question mark"),
  LENGTH("it has fewer than 4 or more than 32 words"),
  POINTS_TO_TEXT("it asks about \"the text\", which nobody sees"),
  OTHER_SUBJECT("less than half of its words stand in the passage"),
  COPY("it is a sentence of the passage"),
  REPEATED("it was asked before"),
  NO_ANSWER("the model that reads the passage gave no answer, or did not come to its end"),
  NOT_IN_PASSAGE("the answer does not stand in the passage"),
  SAID_BY_QUESTION("the question says its own answer"),
  KNOWN("the model knows the answer without the passage");

  private final String sentence;

  Rejection(String sentence) {
    this.sentence = sentence;
  }

  /** For people. */
  public String sentence() {
    return sentence;
  }
}
