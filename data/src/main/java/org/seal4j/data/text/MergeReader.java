package org.seal4j.data.text;

import org.seal4j.data.check.Checks;

/** Gathers the merges of a file; each must be made of tokens and make a token. */
final class MergeReader {
  private final Vocabulary vocabulary;
  private final String prefix;
  private final Merges merges;
  private int rank;

  /**
   * For merges over this vocabulary.
   *
   * @param prefix what tokens that continue a word start with; a merge keeps it on the left alone
   */
  MergeReader(Vocabulary vocabulary, String prefix, int expected) {
    this.vocabulary = vocabulary;
    this.prefix = prefix;
    merges = new Merges(expected);
  }

  /** Adds a merge written with a blank between its sides. */
  void add(String merge, String place) {
    int blank = merge.indexOf(' ');
    Checks.require(
        blank > 0 && blank < merge.length() - 1 && merge.indexOf(' ', blank + 1) < 0,
        "%s is '%s'; expected two tokens and one blank between them",
        place,
        merge);
    add(merge.substring(0, blank), merge.substring(blank + 1), place);
  }

  void add(String left, String right, String place) {
    String joined = left + (right.startsWith(prefix) ? right.substring(prefix.length()) : right);
    merges.add(id(left, place), id(right, place), rank++, id(joined, place));
  }

  private int id(String token, String place) {
    int id = vocabulary.idOr(token);
    Checks.require(id >= 0, "%s names '%s', which the vocabulary lacks", place, token);
    return id;
  }

  Merges merges() {
    return merges;
  }
}
