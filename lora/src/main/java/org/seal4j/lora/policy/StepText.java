package org.seal4j.lora.policy;

import java.util.Map;

/**
 * One text of an optimizer step.
 *
 * @param text of the policy
 * @param inputs what the loss reads, by the names of its placeholders; what is left over of a
 *     placeholder is 0
 * @param counts whether its loss is added to that of the step; false where another text of the same
 *     pair has it
 */
record StepText(WrittenText text, Map<String, float[]> inputs, boolean counts) {
  StepText {
    inputs = Map.copyOf(inputs);
  }
}
