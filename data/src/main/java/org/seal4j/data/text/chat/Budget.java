package org.seal4j.data.text.chat;

import java.util.Collection;
import java.util.Map;

/**
 * What one rendering may cost. A template comes with a downloaded model, so it must not be able to
 * fill the memory or to run for hours. The limits count work, not seconds: a template is refused on
 * every machine or on none.
 */
final class Budget {
  /** Longest text, in characters; also that of what is written. */
  static final int MAX_TEXT = 1 << 22;

  /** Longest list. */
  static final int MAX_ITEMS = 100_000;

  private static final long MAX_STEPS = 10_000_000;
  private static final int MAX_DEPTH = 500;

  private long steps;
  private int depth;

  /** Counts this many steps. */
  void pay(long count) {
    steps += count;
    if (steps > MAX_STEPS) {
      throw new TemplateFault(
          "the chat template takes more than %,d steps; its loops are too long", MAX_STEPS);
    }
  }

  /** Counts the reading of a whole value. */
  void read(Object value) {
    if (value instanceof String text) {
      pay(1 + text.length() / 4);
    } else if (value instanceof Collection<?> items) {
      pay(1 + items.size() / 16);
    } else {
      pay(value instanceof Map<?, ?> map ? 1 + map.size() / 16 : 1);
    }
  }

  /** Counts a list that is about to be made. */
  int items(long size) {
    if (size > MAX_ITEMS) {
      throw new TemplateFault(
          "the chat template makes a list of %,d elements; at most %,d are allowed",
          size, MAX_ITEMS);
    }
    pay(size);
    return (int) size;
  }

  /** Counts a text that is about to be made. */
  int characters(long length) {
    if (length > MAX_TEXT) {
      throw new TemplateFault(
          "the chat template writes a text of more than %,d characters", MAX_TEXT);
    }
    pay(1 + length / 4);
    return (int) length;
  }

  /** Adds to a text. */
  void append(StringBuilder text, String more) {
    characters(more.length());
    if (text.length() + more.length() > MAX_TEXT) {
      characters(MAX_TEXT + 1L);
    }
    text.append(more);
  }

  /** Begins a part of a part; {@link #leave} ends it. */
  void enter() {
    pay(1);
    if (++depth > MAX_DEPTH) {
      throw new TemplateFault(
          "calls, blocks and expressions of the chat template nest more than %d deep", MAX_DEPTH);
    }
  }

  void leave() {
    depth--;
  }
}
