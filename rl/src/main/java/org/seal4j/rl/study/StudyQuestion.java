package org.seal4j.rl.study;

import org.jspecify.annotations.Nullable;

/**
 * A question that a model wrote about a passage, and its answers with the passage in front of it.
 *
 * @param passage id of the passage
 * @param kind what was asked for
 * @param text the question, one line
 * @param answer in a few words
 * @param sentence in conversation, as a chat model speaks; null where it was not asked for, or does
 *     not say the same
 */
public record StudyQuestion(
    String passage, QuestionKind kind, String text, Answered answer, @Nullable Answered sentence) {

  /** A question with an answer in a few words alone. */
  public StudyQuestion(String passage, QuestionKind kind, String text, Answered answer) {
    this(passage, kind, text, answer, null);
  }
}
