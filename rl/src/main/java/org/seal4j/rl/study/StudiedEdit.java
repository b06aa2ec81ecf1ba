package org.seal4j.rl.study;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * What an adapter was trained on for a self-edit.
 *
 * @param asked questions of the edit; 0 where it is none that asks
 * @param useful those of them that were trained on, in their order
 * @param tokens of all rows of all steps, without padding; 0 where nothing was trained
 */
public record StudiedEdit(int asked, List<String> useful, long tokens) {
  public StudiedEdit {
    useful = List.copyOf(useful);
    Checks.require(
        useful.size() <= asked && tokens >= 0,
        "an edit of %d questions cannot have %d of use and %d tokens",
        asked,
        useful.size(),
        tokens);
  }
}
