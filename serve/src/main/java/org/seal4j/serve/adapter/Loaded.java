package org.seal4j.serve.adapter;

import java.util.Optional;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.lora.AdapterBank;

/** An adapter in memory. Guarded by the shelf. */
final class Loaded {
  final String hash;
  final AdapterBank bank;
  final Optional<ChatEncoder> chat;

  /** Requests that use it. */
  int users;

  /** When it was asked for last, as a count of askings. */
  long lastUse;

  Loaded(String hash, AdapterBank bank, Optional<ChatEncoder> chat) {
    this.hash = hash;
    this.bank = bank;
    this.chat = chat;
  }
}
