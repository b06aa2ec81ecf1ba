package org.seal4j.serve.decode;

import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;

/**
 * One adapter of a request.
 *
 * @param hash of its content, by which two adapters are told apart
 * @param bank of this one adapter; stays open until the request is over
 * @param weight factor on what it adds
 */
public record WeightedAdapter(String hash, AdapterBank bank, double weight) {
  public WeightedAdapter {
    Checks.require(
        Double.isFinite(weight), "the weight of an adapter must be a number but was %s", weight);
  }
}
