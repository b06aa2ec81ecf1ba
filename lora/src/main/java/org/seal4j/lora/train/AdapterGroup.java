package org.seal4j.lora.train;

import java.util.List;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.plan.Worker;

/**
 * Adapters that were trained together, still in memory: valid while the callback that receives them
 * runs.
 *
 * @param bank the adapters
 * @param tasks index of each adapter's task in the list given to the inner loop
 * @param curves training loss of each adapter's steps, in nats per weighted token
 * @param worker of the thread that trained them, for generation with them
 */
@SuppressWarnings("ArrayRecordComponent") // hot path data; identity is never compared
public record AdapterGroup(AdapterBank bank, int[] tasks, List<double[]> curves, Worker worker) {}
