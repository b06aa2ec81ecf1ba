package org.seal4j.lora.bundle;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.model.generate.PooledStates;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.weights.ModelFolder;

/**
 * Reads texts with a model as it is, without any adapter: the mean of its last hidden states
 * ({@link PooledStates}). What is longer than the model's context is cut. Not thread-safe.
 */
public final class StateReader implements AutoCloseable {
  private final PooledStates states;
  private final Tokenizer tokenizer;
  private final int context;

  /** Of this model; model and worker stay open as long as this. */
  public StateReader(ModelFolder model, Tokenizer tokenizer, Worker worker) {
    this.states = new PooledStates(model.weights(), worker);
    this.tokenizer = tokenizer;
    this.context = model.context();
  }

  /** The state of a text, in which nothing is a special token. */
  public StateVector of(String text) {
    int[] ids = tokenizer.ignoringSpecials().encode(text);
    int[] all =
        tokenizer.bos().isEmpty()
            ? ids
            : IntStream.concat(IntStream.of(tokenizer.bos().getAsInt()), IntStream.of(ids))
                .toArray();
    return StateVector.of(states.of(Arrays.copyOf(all, Math.min(all.length, context))));
  }

  @Override
  public void close() {
    states.close();
  }
}
