/**
 * CPU time of the engine, for {@code docs/performance.md}: training steps, inner loops, decoding,
 * and where the time of a step goes, op by op. Not part of the command line: {@code
 * scripts/bench/run.sh} starts {@link org.seal4j.scripts.bench.EngineBench}, whose workloads {@code
 * scripts/bench/torch_twin.py} repeats in PyTorch, {@link
 * org.seal4j.scripts.bench.LargeModelBench}, {@link org.seal4j.scripts.bench.LongBench} and {@link
 * org.seal4j.scripts.bench.PeerBench}.
 *
 * <p>May not be imported by anything. Letters: b batch, t time, v vocabulary.
 */
@NullMarked
package org.seal4j.scripts.bench;

import org.jspecify.annotations.NullMarked;
