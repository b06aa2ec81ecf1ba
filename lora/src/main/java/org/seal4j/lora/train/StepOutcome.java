package org.seal4j.lora.train;

import java.util.List;
import org.seal4j.model.kernel.Tensor;

/**
 * What a step of some adapters found, before the update.
 *
 * @param losses of each adapter, in nats per weighted token
 * @param gradients of A and B of every module for all adapters of the step, in the bank's order;
 *     valid, and the caller's to change, until the next step
 * @param rows tokens that were computed, padding included
 */
public record StepOutcome(List<Double> losses, List<Tensor> gradients, int rows) {}
