package org.seal4j.scripts.arc;

/**
 * A task that the model cannot take.
 *
 * @param reason why, in words that follow its id
 */
record LeftOut(String id, String family, String reason) {}
