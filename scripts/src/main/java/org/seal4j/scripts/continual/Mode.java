package org.seal4j.scripts.continual;

/** What is done against forgetting. */
public enum Mode {
  /** Nothing: every adapter is merged as it is, as in SEAL. */
  NONE("none"),
  /** Texts of earlier self-edits are mixed into each later inner loop. */
  REPLAY("replay"),
  /** Each step also holds the model to what the un-edited one answers to anchor questions. */
  KL_ANCHOR("KL anchor"),
  /** Elastic weight consolidation: weights that mattered before are expensive to move. */
  EWC("EWC"),
  /** An adapter that costs too many anchor questions is merged in part, or not at all. */
  MERGE_GATE("merge gate"),
  /** Replay and KL anchor together. */
  REPLAY_AND_KL_ANCHOR("replay + KL anchor"),
  /** After a merge each changed weight is scaled back to the norm that it had. */
  NORM_ANCHOR("norm anchor"),
  /** Of each adapter the components are dropped that lie in the un-edited model's main subspace. */
  DENOISE("SVD denoising");

  private final String label;

  Mode(String label) {
    this.label = label;
  }

  /** For people. */
  String label() {
    return label;
  }

  boolean replays() {
    return this == REPLAY || this == REPLAY_AND_KL_ANCHOR;
  }

  boolean anchors() {
    return this == KL_ANCHOR || this == REPLAY_AND_KL_ANCHOR;
  }
}
