package org.seal4j.scripts.study;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.EditRow;

/**
 * What a model with the adapter of a passage can do that the passage is not about.
 *
 * @param recall share of the general questions that are answered right, mean over adapters
 * @param perplexity of the general text: of the mean over adapters of nats a token
 * @param adapters that were asked; 1 for the model as it is
 */
record GeneralScore(double recall, double perplexity, int adapters) {
  static GeneralScore of(List<EditRow> rows) {
    Checks.require(!rows.isEmpty(), "no adapter was asked general questions");
    return new GeneralScore(
        rows.stream().mapToDouble(row -> row.outcome().reward()).average().orElse(0),
        Math.exp(
            rows.stream().mapToDouble(row -> row.outcome().negLogLikelihood()).average().orElse(0)),
        rows.size());
  }
}
