package org.seal4j.serve.adapter;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.serve.decode.WeightedAdapter;

/**
 * The adapters of one request. They stay in memory, and stay what they are, until it is closed,
 * whatever their names stand for meanwhile.
 */
public final class AdapterLease implements AutoCloseable {
  private final String model;
  private final List<WeightedAdapter> adapters;
  private final Optional<ChatEncoder> chat;
  private final Runnable release;
  private final AtomicBoolean over = new AtomicBoolean();

  AdapterLease(
      String model, List<WeightedAdapter> adapters, Optional<ChatEncoder> chat, Runnable release) {
    this.model = model;
    this.adapters = List.copyOf(adapters);
    this.chat = chat;
    this.release = release;
  }

  /** What the answer says that it was written with: the base's name, or names with hashes. */
  public String model() {
    return model;
  }

  public List<WeightedAdapter> adapters() {
    return adapters;
  }

  /** Conversations in the form that the adapter was trained in; empty for that of the model. */
  public Optional<ChatEncoder> chat() {
    return chat;
  }

  @Override
  public void close() {
    if (over.compareAndSet(false, true)) {
      release.run();
    }
  }
}
