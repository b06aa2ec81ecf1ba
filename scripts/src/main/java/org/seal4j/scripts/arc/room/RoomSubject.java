package org.seal4j.scripts.arc.room;

import java.util.List;
import org.seal4j.model.generate.Sampling;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.GridContext;
import org.seal4j.rl.grid.GridDomain;
import org.seal4j.rl.grid.GridLanguage;
import org.seal4j.rl.inner.Roles;

/**
 * What a run measures the room of.
 *
 * @param roles the policy, and the model that is adapted
 * @param domain how edits are applied and examined
 * @param language how they are written
 * @param sampling how the policy draws them
 * @param fixed the gate's configuration
 * @param heldOut tasks of all evaluations
 * @param development tasks that a configuration can be chosen on; may be held out, which is found
 * @param edits self-edits a held-out task
 */
public record RoomSubject(
    Roles roles,
    GridDomain domain,
    GridLanguage language,
    Sampling sampling,
    FewShotEdit fixed,
    List<GridContext> heldOut,
    List<GridContext> development,
    int edits) {
  public RoomSubject {
    heldOut = List.copyOf(heldOut);
    development = List.copyOf(development);
  }
}
