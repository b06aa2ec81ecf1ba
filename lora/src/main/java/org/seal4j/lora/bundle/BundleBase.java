package org.seal4j.lora.bundle;

import org.seal4j.data.check.Checks;
import org.seal4j.lora.LoraConfig;

/**
 * What the adapters of a bundle are made for.
 *
 * @param name or path of the model, for people
 * @param sha256 of its weights: {@link org.seal4j.model.Weights#sha256}
 * @param lora rank, scaling and modules, the same for all
 */
public record BundleBase(String name, String sha256, LoraConfig lora) {
  public BundleBase {
    Checks.require(
        sha256.matches("[0-9a-f]{64}"),
        "the SHA-256 of a model has 64 hexadecimal digits but was '%s'",
        sha256);
  }

  /** Refuses weights that are not those the adapters were trained over. */
  public void require(String found) {
    Checks.require(
        found.equals(sha256),
        "the bundle's adapters were trained over %s, whose weights have the SHA-256 %s, but those of"
            + " this model have %s; name the bundle's own model",
        name,
        sha256,
        found);
  }
}
