package org.seal4j.data.text;

import java.util.Arrays;

/** Texts and their numbers, found character by character, whatever number of them there is. */
final class TokenTrie {
  /** Of a node or a text: there is none. */
  static final int NONE = -1;

  /** Where every text begins. */
  static final int ROOT = 0;

  private final LongLongMap children;
  private int[] numberAt = new int[64];
  private int nodes = 1;

  TokenTrie(int expected) {
    children = new LongLongMap(Math.max(16, 4 * expected));
    Arrays.fill(numberAt, NONE);
  }

  /** Adds a text; one that was added before gets the new number. */
  void put(String text, int number) {
    int node = ROOT;
    for (int i = 0; i < text.length(); i++) {
      int child = child(node, text.charAt(i));
      if (child == NONE) {
        child = nodes++;
        children.put(key(node, text.charAt(i)), child);
        if (nodes > numberAt.length) {
          int known = numberAt.length;
          numberAt = Arrays.copyOf(numberAt, 2 * known);
          Arrays.fill(numberAt, known, numberAt.length, NONE);
        }
      }
      node = child;
    }
    numberAt[node] = number;
  }

  private static long key(int node, char character) {
    return (long) node << 16 | character;
  }

  /** The node that follows, or {@link #NONE}. */
  int child(int node, char character) {
    long child = children.get(key(node, character));
    return child == LongLongMap.MISSING ? NONE : (int) child;
  }

  /** The number of the text that ends at this node, or {@link #NONE}. */
  int number(int node) {
    return numberAt[node];
  }

  /** The number of the longest text that stands here, or {@link #NONE}. */
  int longest(String text, int at) {
    int found = NONE;
    int node = ROOT;
    for (int i = at; i < text.length(); i++) {
      node = child(node, text.charAt(i));
      if (node == NONE) {
        break;
      }
      found = number(node) == NONE ? found : number(node);
    }
    return found;
  }
}
