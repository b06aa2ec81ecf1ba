package org.seal4j.rl;

/** Reads what a policy wrote, and writes edits for the journal. Pure. */
public interface EditFormat<C extends Context, E extends SelfEdit> {
  /**
   * The edit that this answer means in this context, or the reason why it means none. Never throws,
   * whatever the text.
   */
  ParsedEdit<E> read(C context, String raw);

  /** The canonical text of an edit, stored in the journal; equal edits have equal texts. */
  String write(E edit);
}
