package org.seal4j.data.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts at the matches of a pattern, or, inverted, at what lies between them. */
record SplitAt(Pattern pattern, SplitBehavior behavior, boolean inverted) implements PreTokenizer {

  @Override
  public void split(String piece, boolean first, PieceSink parts) {
    Matcher matcher = pattern.matcher(piece);
    Cutter cutter = new Cutter(piece, first, parts);
    int at = 0;
    while (matcher.find()) {
      if (matcher.start() > at) {
        cutter.add(at, matcher.start(), inverted);
      }
      if (matcher.end() > matcher.start()) {
        cutter.add(matcher.start(), matcher.end(), !inverted);
      }
      at = matcher.end();
    }
    if (at < piece.length()) {
      cutter.add(at, piece.length(), inverted);
    }
    cutter.end();
  }

  /** Joins delimiters and what lies between them as the behavior says. */
  private final class Cutter {
    private final String text;
    private final boolean first;
    private final PieceSink parts;
    private int from;
    private int to;
    private boolean lastIsDelimiter;

    Cutter(String text, boolean first, PieceSink parts) {
      this.text = text;
      this.first = first;
      this.parts = parts;
    }

    void add(int start, int end, boolean delimiter) {
      boolean joined =
          switch (behavior) {
            case REMOVED, ISOLATED -> false;
            case MERGED_WITH_PREVIOUS -> delimiter && !lastIsDelimiter;
            case MERGED_WITH_NEXT -> !delimiter && lastIsDelimiter;
            case CONTIGUOUS -> delimiter == lastIsDelimiter;
          };
      if (!joined) {
        end();
        from = start;
      }
      to = behavior == SplitBehavior.REMOVED && delimiter ? start : end;
      lastIsDelimiter = delimiter;
    }

    void end() {
      if (to > from) {
        parts.accept(text.substring(from, to), first && from == 0);
      }
      from = to;
    }
  }
}
