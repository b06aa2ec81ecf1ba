package org.seal4j.rl.study;

/** What a model writes about a passage that it studies. */
public enum StudyWriting {
  /** Nothing: the passage alone is trained on. */
  NOTHING(""),
  /** What follows from the passage (docs/seal.md §2.2). */
  IMPLICATIONS("implications"),
  /** The same in other words. */
  REWRITE("rewrite"),
  /** Questions; the answers are those of the model that reads the passage. */
  QUESTIONS("");

  private final String kind;

  StudyWriting(String kind) {
    this.kind = kind;
  }

  /** The prompt kind of texts. */
  String kind() {
    return kind;
  }
}
