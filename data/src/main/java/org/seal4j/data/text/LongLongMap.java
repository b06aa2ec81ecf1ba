package org.seal4j.data.text;

import java.util.Arrays;

/** A map from longs >= 0 to longs >= 0: open addressing in two arrays, no boxes. */
final class LongLongMap {
  static final long MISSING = -1;

  private long[] keys;
  private long[] values;
  private int size;

  LongLongMap(int expected) {
    int capacity = Integer.highestOneBit(Math.max(8, 2 * expected)) << 1;
    keys = new long[capacity];
    values = new long[capacity];
    Arrays.fill(keys, MISSING);
  }

  /** The value of this key, or {@link #MISSING}. */
  long get(long key) {
    int slot = slot(keys, key);
    return keys[slot] == key ? values[slot] : MISSING;
  }

  void put(long key, long value) {
    int slot = slot(keys, key);
    if (keys[slot] != key) {
      if (2 * ++size > keys.length) {
        grow();
        slot = slot(keys, key);
      }
      keys[slot] = key;
    }
    values[slot] = value;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = new long[keys.length];
    Arrays.fill(keys, MISSING);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != MISSING) {
        int slot = slot(keys, oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }

  /** Where this key stands, or the free place where it belongs. */
  private static int slot(long[] keys, long key) {
    int mask = keys.length - 1;
    long mixed = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (keys[slot] != key && keys[slot] != MISSING) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
