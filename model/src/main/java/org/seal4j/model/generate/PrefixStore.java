package org.seal4j.model.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;

/**
 * Keys and values of what prompts begin with, chunk by chunk, for prompts that begin alike. A chunk
 * is known by who read it and by all tokens up to its end, compared one by one, never by a hash
 * alone. Of bounded size; what was used longest ago goes first.
 *
 * <p>Chunks, since prompts are read in them: what was read in another chunk may have other last
 * bits.
 */
final class PrefixStore {
  private static final long ROOT = 0;

  private final int chunk;
  private final long mostFloats;
  private final Map<Key, Block> blocks = new LinkedHashMap<>(16, 0.75f, true);
  private long floats;
  private long made;

  /**
   * @param chunk tokens that are read at once
   * @param mostFloats size of all that is kept
   */
  PrefixStore(int chunk, long mostFloats) {
    this.chunk = chunk;
    this.mostFloats = mostFloats;
  }

  /** A chunk that follows another one. */
  private record Key(String reader, long before, List<Integer> tokens) {}

  /**
   * One chunk.
   *
   * @param id by which the chunks behind it know it
   * @param numbers its keys and values
   */
  @SuppressWarnings("ArrayRecordComponent") // memory; identity is never compared
  record Block(long id, float[] numbers) {}

  /** What is known of a prompt's beginning: chunk after chunk without a gap. */
  List<Block> known(String reader, TokenSequence prompt) {
    List<Key> keys = new ArrayList<>();
    List<Block> found = new ArrayList<>();
    long before = ROOT;
    for (int from = 0; from < prompt.length() - 1; from += chunk) {
      Key key = key(reader, before, prompt, from);
      Block block = blocks.get(key);
      if (block == null) {
        break;
      }
      keys.add(key);
      found.add(block);
      before = block.id;
    }
    // The first chunk is used by all that follow, and so goes last: touched last, too.
    for (int i = keys.size() - 2; i >= 0; i--) {
      blocks.get(keys.get(i));
    }
    return found;
  }

  /** The chunk of a prompt that follows a known one; null where it is not known. */
  @Nullable Block next(String reader, @Nullable Block before, TokenSequence prompt, int from) {
    return blocks.get(key(reader, before == null ? ROOT : before.id, prompt, from));
  }

  /**
   * Keeps a chunk, if it fits at all.
   *
   * @param before what it follows; null for the first
   * @return the chunk as those behind it know it; null where it is not kept
   */
  @Nullable Block keep(
      String reader, @Nullable Block before, TokenSequence prompt, int from, float[] numbers) {
    if (numbers.length > mostFloats) {
      return null;
    }
    Block block = new Block(++made, numbers);
    Block old = blocks.put(key(reader, before == null ? ROOT : before.id, prompt, from), block);
    floats += numbers.length - (old == null ? 0 : old.numbers.length);
    Iterator<Block> eldest = blocks.values().iterator();
    while (floats > mostFloats) {
      floats -= eldest.next().numbers.length;
      eldest.remove();
    }
    return block;
  }

  /** Whether chunks of so many floats are kept. */
  boolean keeps(long size) {
    return size <= mostFloats;
  }

  /** Floats that are kept now. */
  long floats() {
    return floats;
  }

  private Key key(String reader, long before, TokenSequence prompt, int from) {
    int to = Math.min(from + chunk, prompt.length() - 1);
    List<Integer> tokens = new ArrayList<>(2 * chunk);
    Arrays.stream(prompt.ids(), from, to).forEach(tokens::add);
    Arrays.stream(prompt.positions(), from, to).forEach(tokens::add);
    return new Key(reader, before, List.copyOf(tokens));
  }
}
