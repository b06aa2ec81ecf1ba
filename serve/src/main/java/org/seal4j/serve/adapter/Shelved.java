package org.seal4j.serve.adapter;

import java.util.Optional;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.lora.serving.ServedAdapter;

/**
 * An adapter in memory.
 *
 * @param adapter its numbers
 * @param chat conversations in the form that it was trained in, where it says one
 */
record Shelved(ServedAdapter adapter, Optional<ChatEncoder> chat) {}
