package org.seal4j.scripts.continual;

import org.seal4j.data.world.EditStyle;
import org.seal4j.scripts.passage.PolicyConfig;

/**
 * Where self-edits come from.
 *
 * @param writer who writes them
 * @param teacher style of the teacher's texts
 * @param policy how the policy's ones are sampled
 */
public record EditsConfig(Writer writer, EditStyle teacher, PolicyConfig policy) {
  /** Who writes self-edits. */
  public enum Writer {
    /** The model as it is at that moment, as in SEAL. */
    POLICY,
    /** A perfect writer: every mode is given the same texts. */
    TEACHER
  }
}
