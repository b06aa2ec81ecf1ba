package org.seal4j.scripts.continual;

import org.seal4j.data.world.EditStyle;

/**
 * Where self-edits come from.
 *
 * @param writer who writes them
 * @param teacher style of the teacher's texts
 */
public record EditsKeys(Writer writer, EditStyle teacher) {
  /** Who writes self-edits. */
  public enum Writer {
    /** The model as it is at that moment, as in SEAL. */
    POLICY,
    /** A perfect writer: every mode is given the same texts. */
    TEACHER
  }
}
