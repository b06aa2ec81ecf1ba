package org.seal4j.scripts.tuning;

/** How conversations become the text that a model reads. */
public enum Chat {
  /** By the model's chat template where it has one, else as plain text. */
  AUTO,
  /** By the model's chat template. */
  MODEL,
  /** As Llama 3 was trained. */
  LLAMA3,
  /** As Qwen2 was trained (ChatML). */
  QWEN2,
  /** As plain text: prompt, completion, end of text. */
  NONE
}
