package org.seal4j.rl.passage;

import org.seal4j.data.squad.Passage;
import org.seal4j.rl.Context;

/** A passage as the loop sees it: its text is known, its questions only to the grader. */
public record PassageContext(Passage passage) implements Context {
  @Override
  public String id() {
    return passage.id();
  }

  @Override
  public String family() {
    return passage.title();
  }
}
