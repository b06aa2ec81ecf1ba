package org.seal4j.lora.policy;

import java.util.List;

/**
 * What an optimizer step takes whole: a rollout of GRPO, or a pair of DPO.
 *
 * @param texts that are to become likelier or less likely, at least one
 */
public record Lesson(List<Directed> texts) {
  public Lesson {
    texts = List.copyOf(texts);
  }

  /**
   * One text.
   *
   * @param text what was written
   * @param direction above 0 where it is to become likelier, below 0 where less likely; its size
   *     says how strongly
   */
  public record Directed(WrittenText text, double direction) {}

  /** Tokens that were written, by their loss weights. */
  double tokens() {
    return texts.stream().mapToDouble(text -> text.text.weight()).sum();
  }
}
