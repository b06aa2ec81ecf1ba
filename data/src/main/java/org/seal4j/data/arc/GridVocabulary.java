package org.seal4j.data.arc;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * The closed vocabulary of a grid-task model: ten colours, the markers of a sequence, the tokens of
 * a self-edit, and the hints that name a task family in pretraining.
 *
 * <p>Ids in order: colours 0 to 9, {@link #SEP}, {@link #IN}, {@link #OUT}, {@link #EDIT}, {@link
 * #END}, {@link #PAD}, then the edit tokens, then the hint tokens.
 *
 * @param edits number of self-edit tokens, >= 0
 * @param hints number of hint tokens, >= 0
 */
public record GridVocabulary(int edits, int hints) {
  /** Between two rows of a grid. */
  public static final int SEP = Grid.COLORS;

  /** Before an input grid. */
  public static final int IN = SEP + 1;

  /** Before an output grid. */
  public static final int OUT = SEP + 2;

  /** After the demonstrations of a policy prompt: a self-edit follows. */
  public static final int EDIT = SEP + 3;

  /** After the last output grid. */
  public static final int END = SEP + 4;

  /** Fills a row of a batch; never has a loss. */
  public static final int PAD = SEP + 5;

  private static final List<String> MARKERS =
      List.of("<sep>", "<in>", "<out>", "<edit>", "<end>", "<pad>");
  private static final int FIRST_EDIT = PAD + 1;

  public GridVocabulary {
    if (edits < 0 || hints < 0) {
      throw Checks.refuse(
          "a grid vocabulary needs numbers >= 0 of edit and hint tokens but got %d and %d",
          edits, hints);
    }
  }

  /** Number of token ids; ids are {@code 0 .. size() - 1}. */
  public int size() {
    return FIRST_EDIT + edits + hints;
  }

  /** The id of edit token {@code index}. */
  public int edit(int index) {
    return FIRST_EDIT + existing("edit", index, edits);
  }

  /** The id of hint token {@code index}. */
  public int hint(int index) {
    return FIRST_EDIT + edits + existing("hint", index, hints);
  }

  private static int existing(String kind, int index, int count) {
    if (index < 0 || index >= count) {
      throw Checks.refuse("%s token %d does not exist; this vocabulary has %d", kind, index, count);
    }
    return index;
  }

  /** Whether the id is a colour, that is a cell of a grid. */
  public static boolean isColor(int id) {
    return id >= 0 && id < Grid.COLORS;
  }

  /** Whether the id is an edit token. */
  public boolean isEdit(int id) {
    return id >= FIRST_EDIT && id < FIRST_EDIT + edits;
  }

  /** Whether the id is a hint token. */
  public boolean isHint(int id) {
    return id >= FIRST_EDIT + edits && id < size();
  }

  /** The index of an edit token, the inverse of {@link #edit(int)}. */
  public int editIndex(int id) {
    Checks.require(isEdit(id), "token %s is not an edit token", name(id));
    return id - FIRST_EDIT;
  }

  /** A short readable name: the digit of a colour, otherwise the role in angle brackets. */
  public String name(int id) {
    Checks.require(
        id >= 0 && id < size(), "token id %d is outside this vocabulary of %d", id, size());
    if (isColor(id)) {
      return Integer.toString(id);
    }
    if (isEdit(id)) {
      return "<edit-" + (id - FIRST_EDIT) + ">";
    }
    if (isHint(id)) {
      return "<hint-" + (id - FIRST_EDIT - edits) + ">";
    }
    return MARKERS.get(id - SEP);
  }
}
