package org.seal4j.scripts.continual;

import org.seal4j.data.world.EditStyle;

/**
 * Where self-edits come from.
 *
 * @param writer who writes them: the model itself, or a teacher who knows all facts
 * @param teacher style of the teacher's texts; used with the writer {@code teacher}
 */
public record EditsKeys(Writer writer, EditStyle teacher) {
  /** Who writes self-edits. */
  public enum Writer {
    /** The model as it is at that moment, as in SEAL. */
    POLICY,
    /** Oracle text, made from the facts: every mode is given the same texts. */
    TEACHER
  }
}
