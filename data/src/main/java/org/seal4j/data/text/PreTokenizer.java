package org.seal4j.data.text;

import java.util.List;

/** Cuts a piece of text into smaller ones, and may rewrite them. */
@FunctionalInterface
interface PreTokenizer {
  /** Hands the parts of a piece on, in their order. */
  void split(String piece, boolean first, PieceSink parts);

  /** Leaves pieces as they are. */
  static PreTokenizer whole() {
    return (piece, first, parts) -> parts.accept(piece, first);
  }

  /** One after the other. */
  static PreTokenizer chain(List<PreTokenizer> steps) {
    return steps.isEmpty() ? whole() : steps.stream().reduce(PreTokenizer::then).orElseThrow();
  }

  /** This one, and the next on each of its parts. */
  default PreTokenizer then(PreTokenizer next) {
    return (piece, first, parts) ->
        split(piece, first, (part, start) -> next.split(part, start, parts));
  }
}
