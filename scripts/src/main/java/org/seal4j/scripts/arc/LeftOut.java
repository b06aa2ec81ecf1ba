package org.seal4j.scripts.arc;

/**
 * A task that a run does not use.
 *
 * @param reason why, in words that follow its id
 */
record LeftOut(String id, String family, String reason) {}
