package org.seal4j.scripts.continual;

import org.seal4j.data.check.Checks;
import org.seal4j.lora.merge.Denoising;

/**
 * The settings of the modes.
 *
 * @param anchors number of questions on facts of pretraining that KL anchor, EWC and merge gate may
 *     use
 * @param measured number of questions on other facts of pretraining, which measure what is
 *     forgotten of them
 * @param replayTexts texts of earlier self-edits mixed into a later inner loop, at most; 0 mixes in
 *     all of them
 * @param klWeight factor on the mean divergence from the un-edited model
 * @param klBatch anchor questions per step
 * @param ewcWeight factor on the penalty of elastic weight consolidation
 * @param gate budget of a merge
 * @param denoise what of an adapter is dropped because of where it lies in the un-edited model
 */
public record GuardsKeys(
    int anchors,
    int measured,
    int replayTexts,
    double klWeight,
    int klBatch,
    double ewcWeight,
    MergeGate gate,
    Denoising denoise) {
  public GuardsKeys {
    Checks.require(
        replayTexts >= 0, "guards.replayTexts must be >= 0 but was %d; 0 is all", replayTexts);
    Checks.require(klWeight > 0, "guards.klWeight must be > 0 but was %s", klWeight);
    Checks.require(
        klBatch >= 1 && klBatch <= anchors,
        "guards.klBatch must be in 1 to guards.anchors (%d) but was %d",
        anchors,
        klBatch);
    Checks.require(ewcWeight > 0, "guards.ewcWeight must be > 0 but was %s", ewcWeight);
  }
}
