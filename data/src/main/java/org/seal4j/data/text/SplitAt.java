package org.seal4j.data.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts at what a finder finds, or, inverted, at what lies between. A delimiter without characters
 * cuts as well.
 */
record SplitAt(Finder finder, Behavior behavior, boolean inverted) implements PreTokenizer {

  /** What happens to the delimiters at which a text is cut; names as in {@code tokenizer.json}. */
  enum Behavior {
    /** They are dropped. */
    REMOVED("Removed"),
    /** Each is a piece of its own. */
    ISOLATED("Isolated"),
    /** Each belongs to the piece before it. */
    MERGED_WITH_PREVIOUS("MergedWithPrevious"),
    /** Each belongs to the piece after it. */
    MERGED_WITH_NEXT("MergedWithNext"),
    /** Delimiters side by side make one piece. */
    CONTIGUOUS("Contiguous");

    private final String label;

    Behavior(String label) {
      this.label = label;
    }

    static Optional<Behavior> of(String label) {
      return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
    }

    static List<String> labels() {
      return Arrays.stream(values()).map(one -> one.label).toList();
    }
  }

  @Override
  public void split(String piece, boolean first, PreTokenizer.Parts parts) {
    Cutter cutter = new Cutter(piece, first, parts);
    finder.find(
        piece,
        (start, end) -> {
          cutter.between(start);
          cutter.add(start, end, !inverted);
        });
    cutter.between(piece.length());
    cutter.end();
  }

  /** Joins delimiters and what lies between them as the behavior says. */
  private final class Cutter {
    private final String text;
    private final boolean first;
    private final PreTokenizer.Parts parts;
    private int done;
    private int from;
    private int to;
    private boolean lastIsDelimiter;

    Cutter(String text, boolean first, PreTokenizer.Parts parts) {
      this.text = text;
      this.first = first;
      this.parts = parts;
    }

    /** What lies between the last delimiter and this place. */
    void between(int end) {
      if (end > done) {
        add(done, end, inverted);
      }
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
      to = behavior == Behavior.REMOVED && delimiter ? start : end;
      lastIsDelimiter = delimiter;
      done = end;
    }

    void end() {
      if (to > from) {
        parts.accept(text.substring(from, to), first && from == 0);
      }
      from = to;
    }
  }
}
