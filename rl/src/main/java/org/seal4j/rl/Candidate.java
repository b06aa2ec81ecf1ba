package org.seal4j.rl;

import java.util.Optional;

/**
 * A proposal as the E-step sees it.
 *
 * @param contextId the context it was written for
 * @param valid whether it is a well-formed edit that was examined
 * @param outcome what it gave
 * @param baseline what the same model gives in the same context without any edit, where asked for
 */
public record Candidate(
    String contextId, boolean valid, Outcome outcome, Optional<Outcome> baseline) {}
