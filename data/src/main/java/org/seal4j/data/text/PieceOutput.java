package org.seal4j.data.text;

import java.nio.charset.StandardCharsets;

/**
 * Turns what a SentencePiece model has found into ids: characters outside the vocabulary become
 * their bytes, or one unknown token per run.
 */
final class PieceOutput {
  private final int unknown;
  private final int[] bytes;

  PieceOutput(PieceList list) {
    unknown = list.unknown();
    bytes = list.bytes();
  }

  /** Collects the ids of one text. */
  final class Collector {
    private final IntList ids;
    private boolean afterUnknown;

    Collector(IntList ids) {
      this.ids = ids;
    }

    void piece(int id) {
      ids.add(id);
      afterUnknown = false;
    }

    void unknown(int character) {
      if (bytes.length > 0) {
        for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
          ids.add(bytes[b & 0xff]);
        }
      } else if (!afterUnknown) {
        ids.add(unknown);
        afterUnknown = true;
      }
    }
  }
}
