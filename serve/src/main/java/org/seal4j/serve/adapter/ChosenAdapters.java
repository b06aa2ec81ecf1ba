package org.seal4j.serve.adapter;

import java.util.List;
import java.util.Optional;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.lora.serving.WeightedAdapter;

/**
 * The adapters of one request. They stay what they are as long as it holds them, whatever their
 * names stand for meanwhile.
 *
 * @param model what the answer says that it was written with: the base's name, or names with hashes
 * @param adapters in effect together; empty for the model itself
 * @param chat conversations in the form that the adapter was trained in; empty for that of the
 *     model
 * @param passages that a bundle sent the question to; empty where no bundle was named
 */
public record ChosenAdapters(
    String model,
    List<WeightedAdapter> adapters,
    Optional<ChatEncoder> chat,
    List<String> passages) {
  public ChosenAdapters {
    adapters = List.copyOf(adapters);
    passages = List.copyOf(passages);
  }
}
