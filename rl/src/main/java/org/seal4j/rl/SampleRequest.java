package org.seal4j.rl;

import org.seal4j.data.seed.Seeds;

/**
 * One request for one self-edit.
 *
 * @param context what the edit is for
 * @param index which of this context's edits, from 0
 * @param seeds the only randomness the sample may use; differs for every context, index and attempt
 */
public record SampleRequest<C extends Context>(C context, int index, Seeds seeds) {}
