package org.seal4j.data.text;

/**
 * WordPiece of one word (Schuster, Nakajima 2012): the longest known token first, then the longest
 * that continues it, and so on; a word that cannot be covered is unknown as a whole.
 *
 * @param unknown id of the unknown token
 * @param prefix what the vocabulary puts before tokens that continue a word
 * @param longest words of more characters are unknown
 */
record WordPieceModel(Vocabulary vocabulary, int unknown, String prefix, int longest)
    implements SubwordModel {

  @Override
  public void encode(String piece, IntList ids) {
    IntList found = new IntList();
    int at = 0;
    boolean covered = piece.codePointCount(0, piece.length()) <= longest;
    while (covered && at < piece.length()) {
      int end = Math.min(piece.length(), at + vocabulary.longest());
      int id = -1;
      end -= end > at && cutsCharacter(piece, end) ? 1 : 0;
      while (end > at && id < 0) {
        String part = piece.substring(at, end);
        id = vocabulary.idOr(at == 0 ? part : prefix + part);
        end = id < 0 ? piece.offsetByCodePoints(end, -1) : end;
      }
      covered = id >= 0;
      found.add(id);
      at = end;
    }
    if (covered) {
      ids.addAll(found.toArray());
    } else {
      ids.add(unknown);
    }
  }

  private static boolean cutsCharacter(String piece, int end) {
    return end < piece.length()
        && Character.isHighSurrogate(piece.charAt(end - 1))
        && Character.isLowSurrogate(piece.charAt(end));
  }
}
